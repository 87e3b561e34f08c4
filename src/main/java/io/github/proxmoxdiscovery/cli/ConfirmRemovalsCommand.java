package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code confirm-removals}. */
@Command(
        name = "confirm-removals",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Lets removals go that are held back, because too many hosts of a cluster vanished at once: the next"
                        + " complete look that does not find these hosts either removes them. Works beside a program that"
                        + " runs.")
final class ConfirmRemovalsCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Option(names = "--cluster", paramLabel = "NAME", description = "Only those of this cluster. Default: of all.")
    private @Nullable String cluster;

    @Option(names = "--list", description = "Only shows which hosts these are.")
    private boolean list;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    ConfirmRemovalsCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = program.settings(options);
        List<String> clusters = clusters(settings);
        PrintWriter out = spec.commandLine().getOut();
        try (Ledger ledger = DiscoveryCommand.ledger(settings)) {
            long held = show(clusters, ledger, out);
            if (held == 0) {
                out.println("No removal is held back.");
            } else if (list) {
                out.println(Status.hosts(held) + " held back.");
            } else {
                confirm(clusters, ledger, out);
            }
            out.flush();
        }
        return ExitCode.COMPLETE;
    }

    private List<String> clusters(Settings settings) throws UsageException {
        List<String> names =
                settings.clusters().stream().map(ClusterSettings::name).toList();
        if (cluster == null) {
            return names;
        }
        if (!names.contains(cluster)) {
            throw UsageException.unknown("--cluster", "cluster", cluster, "proxmox.clusters", names);
        }
        return List.of(cluster);
    }

    private static long show(List<String> clusters, Ledger ledger, PrintWriter out) throws LedgerException {
        TextTable table = new TextTable("HOST", "CLUSTER");
        long held = 0;
        for (String name : clusters) {
            for (String id : ledger.held(name)) {
                table.row(List.of(id, name));
                held++;
            }
        }
        if (held > 0) {
            table.printTo(out);
            out.println();
        }
        return held;
    }

    private static void confirm(List<String> clusters, Ledger ledger, PrintWriter out) throws LedgerException {
        long confirmed = 0;
        for (String name : clusters) {
            confirmed += ledger.confirmRemovals(name);
        }
        out.println(Status.hosts(confirmed) + " removed with the next complete look that does not find them either.");
    }
}
