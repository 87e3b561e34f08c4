package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.bus.BrokerConnection;
import io.github.proxmoxdiscovery.settings.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The beans of the sinks jms and amqp, if they are chosen: only then their jars must be there. */
final class Brokers {

    private final Map<String, BrokerSettings> brokers;
    private final Consumer<String> secretSeen;
    private final List<Runnable> ends = new ArrayList<>();

    Brokers(Map<String, BrokerSettings> brokers, Consumer<String> secretSeen) {
        this.brokers = brokers;
        this.secretSeen = secretSeen;
    }

    /** @throws IllegalArgumentException when the client of a broker is not there, or does not like the url */
    void bind(BiConsumer<String, Object> registry) {
        brokers.forEach((sink, broker) -> {
            BrokerConnection connection = BrokerConnection.to(broker, secretSeen);
            ends.add(connection::end);
            registry.accept(sink + "Connection", connection);
            registry.accept(sink + "Messages", new BusMessages(broker.destination(), "jms".equals(sink)));
        });
        if (brokers.containsKey("amqp")) {
            registry.accept("amqpContentType", new AmqpContentType());
        }
    }

    /** Ends the connections. */
    void end() {
        ends.forEach(Runnable::run);
    }
}
