package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of a sink that hands hosts to a broker. */
record BrokerKeys(
        Key<String> url, Key<String> destination, Key<String> username, Key<String> password, Key<Path> passwordFile) {

    static final Key<String> JMS_CLIENT = Key.withDefault(
            "sink.jms.client",
            "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory",
            "The class of the connection factory of the JMS client, which is made with the url.",
            BrokerKeys::className);

    static final BrokerKeys JMS = new BrokerKeys(
            Key.required(
                    "sink.jms.url",
                    Key.Need.WHEN_CHOSEN,
                    "tcp://broker.example.com:61616",
                    "Where the broker is, as its JMS client writes it; must be set for the sink jms.",
                    BrokerKeys::url),
            Key.withDefault(
                    "sink.jms.destination",
                    "queue:proxmox.hosts",
                    "The queue or topic that gets one message a host, queue:NAME or topic:NAME.",
                    BrokerKeys::destination),
            Key.optional(
                    "sink.jms.username",
                    "discovery",
                    "The user who logs in; none for a broker that asks nobody.",
                    text()),
            Key.optional(
                    "sink.jms.password",
                    "",
                    "The user's password; better in the environment variable SINK_JMS_PASSWORD than here.",
                    Parser.secret()),
            Key.optional(
                    "sink.jms.password-file",
                    "/run/secrets/broker-password",
                    "A file that holds the password; it is read again when it changes.",
                    Parser.path()));

    static final BrokerKeys AMQP = new BrokerKeys(
            Key.required(
                    "sink.amqp.url",
                    Key.Need.WHEN_CHOSEN,
                    "amqps://broker.example.com:5671",
                    "Where the broker is, amqps://host:port or amqp://host:port; must be set for the sink amqp.",
                    BrokerKeys::amqpUrl),
            Key.withDefault(
                    "sink.amqp.destination",
                    "queue:proxmox.hosts",
                    "The queue or topic that gets one message a host, queue:NAME or topic:NAME.",
                    BrokerKeys::destination),
            Key.optional(
                    "sink.amqp.username",
                    "discovery",
                    "The user who logs in; none for a broker that asks nobody.",
                    text()),
            Key.optional(
                    "sink.amqp.password",
                    "",
                    "The user's password; better in the environment variable SINK_AMQP_PASSWORD than here.",
                    Parser.secret()),
            Key.optional(
                    "sink.amqp.password-file",
                    "/run/secrets/broker-password",
                    "A file that holds the password; it is read again when it changes.",
                    Parser.path()));

    static final List<Key<?>> ALL = List.of(
            JMS.url,
            JMS.destination,
            JMS.username,
            JMS.password,
            JMS.passwordFile,
            JMS_CLIENT,
            AMQP.url,
            AMQP.destination,
            AMQP.username,
            AMQP.password,
            AMQP.passwordFile);

    private static final Pattern USER = Pattern.compile("//[^/?,()]*@");
    private static final Pattern DESTINATION = Pattern.compile("(?:queue|topic):[^\\s?#&{}]+");

    private static Parser<String> text() {
        return Parser.text();
    }

    private static String url(String text) throws WrongValueException {
        if (!text.matches("\\(?[A-Za-z][A-Za-z0-9+.-]*:\\S+")) {
            throw new WrongValueException("is not the address of a broker");
        }
        if (USER.matcher(text).find()) {
            throw new WrongValueException("has a user in it: set the username and the password instead");
        }
        return text;
    }

    private static String amqpUrl(String text) throws WrongValueException {
        if (!text.matches("(?i)(amqps?|amqpwss?|failover|discovery):.*")) {
            throw new WrongValueException("is not an address of the form amqps://host:port");
        }
        return url(text);
    }

    private static String destination(String text) throws WrongValueException {
        if (!DESTINATION.matcher(text).matches()) {
            throw new WrongValueException("is neither queue:NAME nor topic:NAME");
        }
        return text;
    }

    private static String className(String text) throws WrongValueException {
        if (!text.matches("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)+")) {
            throw new WrongValueException("is not the name of a class, with its package");
        }
        return text;
    }
}
