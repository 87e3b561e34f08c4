package io.github.proxmoxdiscovery.bus;

import io.github.proxmoxdiscovery.settings.BrokerSettings;
import jakarta.jms.ConnectionFactory;
import java.lang.reflect.InvocationTargetException;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Makes the connection factory of a client. */
final class Clients {

    /** What a broker may take for an answer, unless the url says otherwise; Qpid would wait without end. */
    private static final long ANSWER_MILLIS = 15_000;

    private static final long CLOSE_MILLIS = 2_000;

    private Clients() {}

    static ConnectionFactory of(BrokerSettings broker) {
        return broker.client().startsWith("org.apache.qpid.") ? qpid(broker.url()) : any(broker);
    }

    private static ConnectionFactory qpid(String url) {
        JmsConnectionFactory client = new JmsConnectionFactory();
        client.setRequestTimeout(ANSWER_MILLIS);
        client.setSendTimeout(ANSWER_MILLIS);
        client.setCloseTimeout(CLOSE_MILLIS);
        try {
            client.setRemoteURI(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sink.amqp.url: the client refuses it: " + e.getMessage(), e);
        }
        return client;
    }

    private static ConnectionFactory any(BrokerSettings broker) {
        try {
            return (ConnectionFactory)
                    Class.forName(broker.client()).getConstructor(String.class).newInstance(broker.url());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "sink.jms.client: there is no class " + broker.client() + ". Fetch the client of your broker, for"
                            + " ActiveMQ Artemis: bin/proxmox-discovery add"
                            + " org.apache.activemq:artemis-jakarta-client:2.42.0",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("sink.jms.url: the client refuses it: " + e.getCause(), e);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "sink.jms.client: " + broker.client()
                            + " is no connection factory of Jakarta Messaging that is made" + " with a url",
                    e);
        }
    }
}
