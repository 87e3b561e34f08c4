package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, and gives the exit code for it. */
final class Errors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof UsageException usage) {
            return usage(usage.problems(), command);
        }
        Throwable checked = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        if (checked instanceof LedgerException ledger) {
            LoggerFactory.getLogger("discovery").debug("the ledger", ledger);
            return usage(List.of(String.valueOf(ledger.getMessage()).replaceAll("\\R", " ")), command);
        }
        LoggerFactory.getLogger("discovery").error("unexpected", thrown);
        return ExitCode.UNEXPECTED;
    }

    private static int usage(List<String> problems, CommandLine command) {
        problems.forEach(problem -> command.getErr().println("error: " + problem));
        command.getErr().flush();
        return ExitCode.USAGE;
    }
}
