package io.github.proxmoxdiscovery.bus;

import io.github.proxmoxdiscovery.settings.BrokerSettings;
import io.github.proxmoxdiscovery.settings.Login;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The one connection to a broker, with a session and a producer that are used again: otherwise each message would open
 * a connection of its own. It is made when it is needed, and anew after it broke. The password goes to the client and
 * nowhere else; one in a file is read for each connection.
 */
public final class BrokerConnection extends CachingConnectionFactory {

    private final Optional<Login.Password> login;
    private final Consumer<String> secretSeen;

    private BrokerConnection(ConnectionFactory client, Optional<Login.Password> login, Consumer<String> secretSeen) {
        super(client);
        this.login = login;
        this.secretSeen = secretSeen;
    }

    /**
     * A connection that is not made yet.
     *
     * @param secretSeen is told the password before it is used
     * @throws IllegalArgumentException when the client is not there, or does not like the url
     */
    public static BrokerConnection to(BrokerSettings broker, Consumer<String> secretSeen) {
        return new BrokerConnection(Clients.of(broker), broker.login(), secretSeen);
    }

    @Override
    protected Connection doCreateConnection() throws JMSException {
        ConnectionFactory client = Objects.requireNonNull(getTargetConnectionFactory());
        if (login.isEmpty()) {
            return client.createConnection();
        }
        String password = login.get().secret().read();
        secretSeen.accept(password);
        return client.createConnection(login.get().username(), password);
    }

    /** Ends the connection; nobody waits for a broker that does not answer. */
    public void end() {
        Thread end = new Thread(this::destroy, "broker-end");
        end.setDaemon(true);
        end.start();
    }
}
