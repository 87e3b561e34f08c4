package io.github.proxmoxdiscovery.delivery;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * What lay in a queue of a broker.
 *
 * @param group whose messages go to one consumer, in their order
 * @param properties all that the sender set, also the content type of AMQP
 */
record BusMessage(boolean persistent, String group, Map<String, String> properties, String body) {

    private static final int LONGEST_SECONDS = 30;

    HostEvent event() {
        Map<String, String> attributes = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith("cloudEvents_")) {
                attributes.put(name.substring("cloudEvents_".length()), value);
            }
        });
        return new HostEvent(attributes, Output.json(body));
    }

    /** Takes messages out of a queue with the broker's own JMS client. */
    static List<BusMessage> takenByJms(Artemis broker, String queue, int number) {
        List<BusMessage> messages = new ArrayList<>();
        try (ActiveMQConnectionFactory client = new ActiveMQConnectionFactory(broker.url("tcp"));
                Connection connection = client.createConnection(Artemis.USER, Artemis.PASSWORD);
                Session session = connection.createSession()) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (int i = 0; i < number; i++) {
                messages.add(of((TextMessage) consumer.receive(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS))));
            }
            if (consumer.receiveNoWait() != null) {
                throw new AssertionError("there are more than " + number);
            }
            return messages;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static BusMessage of(TextMessage message) throws JMSException {
        Map<String, String> properties = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = String.valueOf(names.nextElement());
            properties.put(name, message.getStringProperty(name));
        }
        boolean persistent = message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT;
        return new BusMessage(persistent, group(message), properties, message.getText());
    }

    private static String group(Message message) throws JMSException {
        return message.getStringProperty("JMSXGroupID");
    }

    /** Takes messages out of a queue with a client that knows nothing but AMQP 1.0. */
    static List<BusMessage> takenByAmqp(Artemis broker, String queue, int number) {
        List<BusMessage> messages = new ArrayList<>();
        // Of an address that is not there yet, the broker would make a topic.
        ReceiverOptions asQueue = new ReceiverOptions();
        asQueue.sourceOptions().capabilities("queue");
        ConnectionOptions login = new ConnectionOptions().user(Artemis.USER).password(Artemis.PASSWORD);
        try (Client client = Client.create();
                org.apache.qpid.protonj2.client.Connection connection =
                        client.connect("127.0.0.1", broker.port(), login);
                Receiver receiver = connection.openReceiver(queue, asQueue)) {
            for (int i = 0; i < number; i++) {
                messages.add(of(receiver.receive(LONGEST_SECONDS, TimeUnit.SECONDS)));
            }
            if (receiver.tryReceive() != null) {
                throw new AssertionError("there are more than " + number);
            }
            return messages;
        } catch (ClientException e) {
            throw new AssertionError(e);
        }
    }

    private static BusMessage of(Delivery delivery) throws ClientException {
        org.apache.qpid.protonj2.client.Message<byte[]> message = delivery.message();
        Map<String, String> properties = new TreeMap<>();
        message.forEachProperty((name, value) -> properties.put(name, String.valueOf(value)));
        properties.put("content-type", message.contentType());
        String body = new String(message.body(), StandardCharsets.UTF_8);
        return new BusMessage(message.durable(), message.groupId(), properties, body);
    }
}
