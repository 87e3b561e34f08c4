package io.github.proxmoxdiscovery.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the settings of the sinks jms and amqp. */
final class BrokerReader {

    private static final String AMQP_CLIENT = "org.apache.qpid.jms.JmsConnectionFactory";
    private static final Pattern LOOPBACK = Pattern.compile("//(localhost|127(\\.\\d+){3}|\\[::1])(?=[:/?,)]|$)");
    private static final Pattern WITH_TLS = Pattern.compile("(?i)amqps:|amqpwss:|ssl:|wss:|sslEnabled=true");

    private final List<String> chosen;
    private final Values values;
    private final Problems problems;
    private final List<String> warnings;

    BrokerReader(List<String> chosen, Values values, Problems problems, List<String> warnings) {
        this.chosen = chosen;
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    /** The brokers of the chosen sinks, by the name of the sink. */
    Map<String, BrokerSettings> read() {
        Map<String, BrokerSettings> brokers = new LinkedHashMap<>();
        String client = values.get(BrokerKeys.JMS_CLIENT);
        broker("jms", BrokerKeys.JMS, client).ifPresent(broker -> brokers.put("jms", broker));
        broker("amqp", BrokerKeys.AMQP, AMQP_CLIENT).ifPresent(broker -> brokers.put("amqp", broker));
        return brokers;
    }

    private Optional<BrokerSettings> broker(String sink, BrokerKeys keys, String client) {
        String destination = values.get(keys.destination());
        Optional<String> username = values.find(keys.username());
        if (!chosen.contains(sink)) {
            values.find(keys.url());
            return Optional.empty();
        }
        Optional<Secret> password = values.secret(keys.password(), keys.passwordFile());
        Optional<Login.Password> login =
                username.flatMap(name -> password.map(secret -> new Login.Password(name, secret)));
        if (username.isPresent() != password.isPresent()) {
            refuseHalfALogin(keys, username.isPresent());
        }
        Optional<String> url = values.need(keys.url());
        url.filter(address -> login.isPresent() && isInClear(address)).ifPresent(address -> warn(keys));
        return url.map(address -> new BrokerSettings(address, client, name(destination), login));
    }

    private void refuseHalfALogin(BrokerKeys keys, boolean username) {
        boolean wrong = values.isSet(keys.password()) || values.isSet(keys.passwordFile());
        if (username && !wrong) {
            problems.add(keys.password(), "must be set, for there is a username");
        } else if (!username) {
            problems.add(keys.username(), "must be set, for there is a password");
        }
    }

    private void warn(BrokerKeys keys) {
        warnings.add(keys.url().name() + ": the password goes over the network in clear, for the address is one"
                + " without TLS. Everybody on the way can take it");
    }

    private static boolean isInClear(String url) {
        return !WITH_TLS.matcher(url).find() && !LOOPBACK.matcher(url).find();
    }

    private static String name(String destination) {
        return destination.substring(destination.indexOf(':') + 1);
    }
}
