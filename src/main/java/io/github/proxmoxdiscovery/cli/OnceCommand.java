package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code once}. */
@Command(
        name = "once",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Does one run over every cluster, waits until the sinks took the hosts or"
                + " discovery.delivery-timeout is over, and ends. For cron.")
final class OnceCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    private final DiscoveryCommand program;

    OnceCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (DiscoveryApplication application = program.application(options, Mode.ONCE)) {
            Start.checked(application);
            application.pollNow();
            return ExitCode.of(application.await());
        }
    }
}
