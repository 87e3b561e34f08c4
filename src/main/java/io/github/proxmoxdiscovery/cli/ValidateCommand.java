package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks the configuration and the route files without touching a cluster or a sink.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    ValidateCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (DiscoveryApplication application = program.application(options, Mode.VALIDATE)) {
            Start.reviewed(application);
            PrintWriter out = spec.commandLine().getOut();
            out.println("ok: " + application.routes() + " routes from " + options.routes()
                    + ", settings from "
                    + options.config().map(Path::toString).orElse("the environment and -D"));
            out.flush();
            return ExitCode.COMPLETE;
        }
    }
}
