package io.github.proxmoxdiscovery.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A real broker, ActiveMQ Artemis, with one port for JMS (core protocol), AMQP 1.0 and MQTT, which keeps nothing on disk. */
final class Artemis implements AutoCloseable {

    static final String USER = "discovery";
    static final String PASSWORD = "swordfish-of-the-broker";

    private static final String ACCEPTOR = "all";

    private final EmbeddedActiveMQ broker;
    private final int port;

    private Artemis(EmbeddedActiveMQ broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    static Artemis start() {
        return start(0);
    }

    /** @param port 0 for any that is free */
    private static Artemis start(int port) {
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(port));
        broker.setSecurityManager(logins());
        try {
            broker.start();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        NettyAcceptor acceptor =
                (NettyAcceptor) broker.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
        return new Artemis(broker, acceptor.getActualPort());
    }

    private static Configuration configuration(int port) {
        Map<String, Object> where = new HashMap<>(Map.of("host", "127.0.0.1", "port", port));
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), where, ACCEPTOR, Map.of("protocols", "CORE,AMQP,MQTT")));
        configuration.addAddressSetting("#", new AddressSettings());
        // The JMS client tries the second name when the first one is not to be had.
        for (String closed : List.of("closed.#", "jms.queue.closed.#")) {
            configuration.addAddressSetting(
                    closed, new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false));
        }
        Role all = new Role("all", true, true, true, true, true, true, true, true, true, true, false, false);
        configuration.putSecurityRoles("#", new HashSet<>(Set.of(all)));
        return configuration;
    }

    private static ActiveMQJAASSecurityManager logins() {
        SecurityConfiguration logins = new SecurityConfiguration();
        logins.addUser(USER, PASSWORD);
        logins.addRole(USER, "all");
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), logins);
    }

    int port() {
        return port;
    }

    String url(String scheme) {
        return scheme + "://127.0.0.1:" + port;
    }

    /** Stops it; what was in it is gone. */
    void stop() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Another broker at the same place. */
    Artemis startedAgain() {
        return start(port);
    }

    /** The addresses that somebody made. */
    List<String> addresses() {
        return broker.getActiveMQServer().getPostOffice().getAddresses().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        stop();
    }
}
