package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.check.ClusterCheck.Readable;
import io.github.proxmoxdiscovery.check.ClusterCheck.Result;
import io.github.proxmoxdiscovery.check.Finding;
import io.github.proxmoxdiscovery.route.Checks;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Looks whether a run would work: routes, each address, certificate, login and privilege of each"
                + " cluster, one guest of each kind, and each sink. Says what to do about what is wrong. Delivers"
                + " nothing.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private Options options = new Options();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    CheckCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        quiet();
        try (DiscoveryApplication application = program.application(options, Mode.VALIDATE)) {
            CheckReport report =
                    new CheckReport(spec.commandLine().getOut(), program.redactor()::masked, application.settings());
            try {
                Start.checked(application);
            } catch (UsageException e) {
                report.say(brokenRoutes(e, application));
                return report.end(ExitCode.USAGE);
            }
            report.say(List.of(Finding.ok("routes", "files", application.routes() + " from " + options.routes())));
            return look(application.checks(), application, report);
        }
    }

    /** Kafka's library says many times a second that a broker is not reached: the finding says it once. */
    private static void quiet() {
        String prefix = "org.slf4j.simpleLogger.log.org.apache.";
        System.setProperty(prefix + "kafka", "error");
        System.setProperty(prefix + "camel.impl.engine.AbstractCamelContext", "warn");
    }

    private static List<Finding> brokenRoutes(UsageException wrong, DiscoveryApplication application) {
        List<Finding> findings = new ArrayList<>();
        wrong.problems()
                .forEach(problem -> findings.add(Finding.fail(
                        "routes",
                        "files",
                        problem,
                        "Mend what is named there: a route file, sink.<name>.uri, or a camel.* setting. Then try"
                                + " validate, or this again.",
                        List.of())));
        String why = "was not looked at: without routes nothing can be asked";
        application.settings().clusters().stream()
                .map(cluster -> Finding.skip(cluster.name(), "cluster", why))
                .forEach(findings::add);
        application.settings().sinks().stream()
                .map(sink -> Finding.skip(sink.name(), "sink", why))
                .forEach(findings::add);
        return findings;
    }

    private static int look(Checks checks, DiscoveryApplication application, CheckReport report) {
        List<Readable> clusters = new ArrayList<>();
        for (ClusterSettings cluster : application.settings().clusters()) {
            Result result = checks.cluster(cluster);
            report.say(result.findings());
            clusters.add(result.readable());
        }
        boolean sinksFail = false;
        for (SinkSettings sink : application.settings().sinks()) {
            List<Finding> findings = checks.sink(sink);
            report.say(findings);
            sinksFail |= findings.stream().anyMatch(Finding::isFailure);
        }
        List<Finding> data = checks.data();
        report.say(data);
        return report.end(ExitCode.of(clusters, sinksFail || data.stream().anyMatch(Finding::isFailure)));
    }
}
