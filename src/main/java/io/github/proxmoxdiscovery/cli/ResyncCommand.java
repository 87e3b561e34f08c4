package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code resync}. */
@Command(
        name = "resync",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Has a sink told of every host once more, with the next run: for a sink that lost what it had. Works"
                        + " beside a program that runs.")
final class ResyncCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Option(
            names = "--sink",
            paramLabel = "NAME",
            required = true,
            description = "The sink, as discovery.sinks has it.")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    ResyncCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        Settings settings = program.settings(options);
        SinkSettings sink = chosen(settings.sinks());
        try (Ledger ledger = DiscoveryCommand.ledger(settings)) {
            int hosts = ledger.resync(name);
            PrintWriter out = spec.commandLine().getOut();
            out.println(name + ": " + Status.hosts(hosts) + " told once more with the next run.");
            if (sink.emit() == Emit.ALL) {
                out.println("It has emit=all: it gets every host with each full run anyway.");
            }
            out.flush();
        }
        return ExitCode.COMPLETE;
    }

    private SinkSettings chosen(List<SinkSettings> sinks) throws UsageException {
        List<String> names = sinks.stream().map(SinkSettings::name).toList();
        if (!names.contains(name)) {
            throw UsageException.unknown("--sink", "sink", name, "discovery.sinks", names);
        }
        return sinks.get(names.indexOf(name));
    }
}
