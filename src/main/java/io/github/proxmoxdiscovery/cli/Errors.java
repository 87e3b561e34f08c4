package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, and gives the exit code for it. */
final class Errors implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof UsageException usage) {
            usage.problems().forEach(problem -> command.getErr().println("error: " + problem));
            command.getErr().flush();
            return ExitCode.USAGE;
        }
        if (thrown instanceof LedgerException refused) {
            command.getErr().println("error: " + refused.getMessage());
            command.getErr().flush();
            return ExitCode.USAGE;
        }
        LoggerFactory.getLogger("discovery").error("unexpected", thrown);
        return ExitCode.UNEXPECTED;
    }
}
