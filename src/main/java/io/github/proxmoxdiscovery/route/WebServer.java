package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.settings.ServerSettings;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.component.platform.http.main.DefaultMainHttpServerFactory;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationHandlerFactory;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainHttpServerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Camel's HTTP server, with our gate before all that it serves. */
final class WebServer implements MainHttpServerFactory {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.server");

    private final ServerSettings settings;
    private final ServerGate gate;

    WebServer(ServerSettings settings) {
        this.settings = settings;
        this.gate = new ServerGate(settings);
    }

    /**
     * Finds out whether the address can be had. Camel's server only warns when it cannot.
     *
     * @throws ServerAddressException when it cannot
     */
    void tryAddress() throws ServerAddressException {
        String at = settings.host() + " port " + settings.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
        } catch (UnknownHostException e) {
            throw new ServerAddressException("server.host: no address is known for " + settings.host(), e);
        } catch (IOException e) {
            throw new ServerAddressException(
                    "server.port: nothing can be served at " + at + " (" + e.getMessage() + "). Does another program"
                            + " listen there? Set server.port to a free one, and server.host to an address of this"
                            + " machine",
                    e);
        }
    }

    /** Lets requests through, now that everything is started. */
    void open(CamelContext context, EventStream events) {
        VertxPlatformHttpRouter router = router(context);
        router.route(EventStream.PATH).handler(events);
        router.route().last().handler(gate::notFound);
        events.start(router.vertx());
        gate.open();
        LOG.info("what is known is served at {}", url(port(context)));
    }

    /** The port that is listened on. */
    int port(CamelContext context) {
        return router(context).getServer().getPort();
    }

    private VertxPlatformHttpRouter router(CamelContext context) {
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(settings.port());
        return VertxPlatformHttpRouter.lookup(context, name);
    }

    private String url(int port) {
        String host = settings.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public Service newHttpServer(CamelContext context, HttpServerConfigurationProperties properties) {
        MainHttpServer server = (MainHttpServer) factory(context).newHttpServer(context, properties);
        server.getConfiguration().setAuthenticationConfig(gated());
        return server;
    }

    @Override
    public Service newHttpManagementServer(
            CamelContext context, HttpManagementServerConfigurationProperties properties) {
        ManagementHttpServer server =
                (ManagementHttpServer) factory(context).newHttpManagementServer(context, properties);
        server.getConfiguration().setAuthenticationConfig(gated());
        return server;
    }

    private static MainHttpServerFactory factory(CamelContext context) {
        DefaultMainHttpServerFactory factory = new DefaultMainHttpServerFactory();
        factory.setCamelContext(context);
        return factory;
    }

    /** Where Camel's server has its authentication, so that it is there before the first request can be. */
    private AuthenticationConfig gated() {
        AuthenticationConfigEntry entry = new AuthenticationConfigEntry();
        entry.setPath("/*");
        entry.setAuthenticationProviderFactory(vertx -> null);
        entry.setAuthenticationHandlerFactory(new AuthenticationHandlerFactory() {
            @Override
            public <T extends io.vertx.ext.auth.authentication.AuthenticationProvider>
                    AuthenticationHandler createAuthenticationHandler(T provider) {
                return gate;
            }
        });
        AuthenticationConfig config = new AuthenticationConfig(List.of(entry));
        config.setEnabled(true);
        return config;
    }
}
