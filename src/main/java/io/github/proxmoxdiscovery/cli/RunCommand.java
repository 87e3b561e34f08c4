package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs as a service (the default): a run over every cluster at once, then on the schedule"
                + " discovery.schedule, until SIGTERM.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    private final DiscoveryCommand program;

    RunCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        return run(program, options);
    }

    static int run(DiscoveryCommand program, Options options) throws Exception {
        try (DiscoveryApplication application = program.application(options, Mode.DAEMON)) {
            Start.checked(application);
            application.runUntilStopped();
            return ExitCode.COMPLETE;
        }
    }
}
