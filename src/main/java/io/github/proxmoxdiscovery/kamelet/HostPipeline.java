package io.github.proxmoxdiscovery.kamelet;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that reads one cluster, in a Camel context of its own, with the routes of the jar. */
final class HostPipeline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.kamelet");

    /** Camel names threads, schedulers and more after the context. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DiscoveryApplication application;
    private final ToldHosts hosts;
    private final Duration patience;
    private final @Nullable Path temporary;
    private boolean polled;
    private boolean closed;

    private HostPipeline(
            DiscoveryApplication application, ToldHosts hosts, Duration patience, @Nullable Path temporary) {
        this.application = application;
        this.hosts = hosts;
        this.patience = patience;
        this.temporary = temporary;
    }

    /**
     * Starts a pipeline, which does not poll yet.
     *
     * @throws IllegalArgumentException with all that is wrong with the options
     * @throws IOException when the data folder cannot be used, or another pipeline has it
     */
    static HostPipeline start(String cluster, SourceOptions options, ToldHosts hosts) throws IOException {
        Path temporary = options.hasData() ? null : Files.createTempDirectory("proxmox-hosts-");
        HostPipeline pipeline = null;
        try {
            RouteFiles routes = RouteFiles.ofTheJar();
            String context = "proxmox-hosts-" + cluster + "-" + NUMBER.incrementAndGet();
            Settings settings =
                    options.settings(cluster, context, Optional.ofNullable(temporary), routes.placeholders());
            DiscoveryApplication application = new DiscoveryApplication(settings, routes, Mode.DAEMON, secret -> {});
            pipeline = new HostPipeline(application, hosts, settings.discovery().shutdownTimeout(), temporary);
            application.bind("application", hosts);
            application.start();
            return pipeline;
        } catch (IOException | RuntimeException e) {
            if (pipeline != null) {
                pipeline.close();
            } else {
                remove(temporary);
            }
            throw e;
        }
    }

    /** Starts the first run, if it was not yet; the schedule starts the others. */
    synchronized void pollFirst() {
        if (!polled && !closed) {
            polled = true;
            application.pollNow();
        }
    }

    /** Stops, when the host that is being told was taken or not. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            hosts.end(patience);
            application.close();
            remove(temporary);
        }
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", folder, e.toString());
        }
    }
}
