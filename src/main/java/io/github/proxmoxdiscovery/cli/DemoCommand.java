package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.sim.DemoCluster;
import io.github.proxmoxdiscovery.sim.DemoLife;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs the main job once against a simulated cluster inside the process, with the file sink, and"
                + " shows what came out. Needs no Proxmox and no network; the configuration file is not read. With"
                + " --stay it goes on as a service does, and the cluster changes all the time.")
final class DemoCommand implements Callable<Integer> {

    private static final String CLUSTER = "demo";

    /** How long the cluster of a demo that stays is as it is. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final Map<String, String> STAYING = Map.of(
            "discovery.sinks", "file",
            "discovery.schedule", "0/10 * * * * ?",
            "discovery.quick-schedule", "off",
            "discovery.jitter", "0s",
            "server.enabled", "true");

    @Mixin
    private Options options = new Options();

    @Option(
            names = "--stay",
            description = "Goes on until it is told to end: a run every 10 seconds, of a cluster in which something"
                    + " changes every 20 seconds, with the page at http://127.0.0.1:8088/. Here"
                    + " -D discovery.sinks=... is heeded.")
    private boolean stays;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final DiscoveryCommand program;

    DemoCommand(DiscoveryCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() throws Exception {
        try (SimulatedCluster cluster = DemoCluster.create().start();
                DemoMemory memory = DemoMemory.create()) {
            Configuration configuration = configuration(cluster, memory);
            program.redactor().addAll(configuration.settings().secrets());
            if (stays) {
                return stay(configuration, cluster);
            }
            int exitCode = run(configuration);
            show(configuration.settings().fileDirectory().resolve(CLUSTER));
            return exitCode;
        }
    }

    private Configuration configuration(SimulatedCluster cluster, DemoMemory memory) throws UsageException {
        Map<String, String> defines = new LinkedHashMap<>(options.defines());
        defines.put("proxmox.clusters", CLUSTER);
        defines.put("proxmox.demo.url", cluster.url());
        defines.put("proxmox.demo.fingerprint", cluster.fingerprint());
        defines.put("proxmox.demo.token-id", DemoCluster.TOKEN_ID);
        if (stays) {
            STAYING.forEach(defines::putIfAbsent);
        } else {
            defines.put("discovery.sinks", "file");
        }
        defines.putIfAbsent("discovery.data", memory.folder().toString());
        Map<String, String> environment = new HashMap<>();
        if (stays) {
            environment.putAll(System.getenv());
            environment.keySet().removeIf(name -> !name.matches("(SERVER|SINK)_.*"));
        }
        environment.put("PROXMOX_DEMO_TOKEN_SECRET", DemoCluster.TOKEN_SECRET);
        return Configuration.load(Optional.empty(), options.routes(), defines, environment);
    }

    private int stay(Configuration configuration, SimulatedCluster cluster) throws Exception {
        ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor(DemoCommand::daemon);
        try (DiscoveryApplication application = new DiscoveryApplication(
                configuration.settings(), configuration.routes(), Mode.DAEMON, program.redactor()::add)) {
            Start.checked(application);
            DemoLife changes = new DemoLife(cluster);
            life.scheduleAtFixedRate(changes::change, REST.toSeconds(), REST.toSeconds(), TimeUnit.SECONDS);
            application.runUntilStopped();
            return ExitCode.COMPLETE;
        } finally {
            life.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "demo-life");
        thread.setDaemon(true);
        return thread;
    }

    private int run(Configuration configuration) throws UsageException, LedgerException {
        try (DiscoveryApplication application = new DiscoveryApplication(
                configuration.settings(), configuration.routes(), Mode.ONCE, program.redactor()::add)) {
            Start.checked(application);
            application.pollNow();
            return ExitCode.of(application.await());
        }
    }

    private void show(Path directory) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path latest = directory.resolve("latest.ndjson");
        if (Files.exists(latest)) {
            HostTable.of(Files.readAllLines(latest)).printTo(out);
            out.println();
            out.println("One JSON message an interface: " + latest);
            out.println("The report of each run:        " + directory.resolve("*.report.json"));
            out.println("The way of the data:           " + options.routes()
                    + " (edit it and run again, nothing to build)");
        }
        out.flush();
    }
}
