package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Shows what is known of the clusters, what each sink has and lacks, and which hosts a sink rejected. Asks"
                        + " neither a cluster nor a sink, and works beside a program that runs.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Option(names = "--json", description = "As JSON, for scripts.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    StatusCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = program.settings(options);
        try (Ledger ledger = DiscoveryCommand.ledger(settings)) {
            Status status = Status.of(ledger, settings, program.redactor()::masked);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(StatusJson.of(status));
            } else {
                StatusTables.print(status, out);
            }
            out.flush();
        }
        return ExitCode.COMPLETE;
    }
}
