package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accept-cluster}. */
@Command(
        name = "accept-cluster",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Takes the cluster that answers next at an address for the right one, though it is not the one that"
                        + " answered before. The next complete look at it removes nothing. Works beside a program that"
                        + " runs.")
final class AcceptClusterCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Parameters(paramLabel = "NAME", description = "The cluster, as proxmox.clusters has it.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    AcceptClusterCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = program.settings(options);
        List<String> names =
                settings.clusters().stream().map(ClusterSettings::name).toList();
        if (!names.contains(name)) {
            throw UsageException.unknown("accept-cluster", "cluster", name, "proxmox.clusters", names);
        }
        try (Ledger ledger = DiscoveryCommand.ledger(settings)) {
            // In this order nothing is removed whatever comes in between.
            ledger.distrust(name);
            ledger.identity(name, null);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(name + ": the cluster that answers next at "
                + String.join(
                        " or ", settings.clusters().get(names.indexOf(name)).urls())
                + " is taken for the right one.");
        out.println("The next complete look at it removes nothing.");
        out.flush();
        return ExitCode.COMPLETE;
    }
}
