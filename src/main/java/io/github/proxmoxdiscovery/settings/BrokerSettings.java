package io.github.proxmoxdiscovery.settings;

import java.util.Optional;

/**
 * The broker of the sink jms or amqp.
 *
 * @param url where it is, in the words of its client
 * @param client the class of the client's connection factory
 * @param destination the name of the queue or topic, without which of the two it is
 * @param login who logs in; empty for a broker that asks nobody
 */
public record BrokerSettings(String url, String client, String destination, Optional<Login.Password> login) {

    @Override
    public String toString() {
        return "BrokerSettings[url=" + UriSecrets.masked(url) + ", client=" + client + ", destination=" + destination
                + "]";
    }
}
