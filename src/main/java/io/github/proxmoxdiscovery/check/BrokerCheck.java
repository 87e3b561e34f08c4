package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.settings.BrokerSettings;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.util.List;

/** Looks whether the broker of the sink jms or amqp is reached and lets us in, and sends nothing. */
public final class BrokerCheck {

    private BrokerCheck() {}

    /** @param factory the one that the sink uses */
    public static Finding of(String sink, BrokerSettings broker, ConnectionFactory factory) {
        String shown = broker.url().replaceFirst("\\?.*", "");
        try (Connection connection = factory.createConnection()) {
            // Some clients connect only now.
            connection.createSession().close();
            String who =
                    broker.login().map(login -> login.account() + " is let in").orElse("nobody had to log in");
            return Finding.ok(
                    sink,
                    "broker",
                    shown + " is reached, and " + who + "; nothing is sent: " + broker.destination() + " is not tried");
        } catch (JMSSecurityException e) {
            return fail(
                    sink,
                    shown + " refuses the login: " + e.getMessage(),
                    "Check sink." + sink + ".username and the password.");
        } catch (JMSException e) {
            return fail(
                    sink,
                    shown + " is not reached: " + e.getMessage(),
                    "Check address and port in sink." + sink + ".url, TLS, the firewall on the way, and that the broker"
                            + " runs and has an acceptor for this protocol.");
        }
    }

    private static Finding fail(String sink, String found, String remedy) {
        return Finding.fail(sink, "broker", found, remedy, List.of());
    }
}
