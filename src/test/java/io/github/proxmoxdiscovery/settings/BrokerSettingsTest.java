package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be said of the brokers of the sinks jms and amqp. */
class BrokerSettingsTest {

    private static Given amqp() {
        return Given.cluster().file("discovery.sinks", "amqp").file("sink.amqp.url", "amqps://broker:5671");
    }

    @Test
    void aBrokerThatAsksNobodyNeedsItsAddressOnly() {
        Settings settings = amqp().settings();
        assertThat(settings.brokers()).containsOnlyKeys("amqp");
        assertThat(settings.brokers().get("amqp").destination()).isEqualTo("proxmox.hosts");
        assertThat(settings.brokers().get("amqp").login()).isEmpty();
        assertThat(settings.sinks()).extracting(SinkSettings::batch).containsExactly(500);
    }

    @Test
    void thePasswordIsKnownAsASecretAndHandedToNobodyElse() {
        Settings settings = amqp().file("sink.amqp.username", "me")
                .file("sink.amqp.password", "swordfish")
                .settings();
        assertThat(settings.secrets()).contains("swordfish");
        assertThat(settings.effective()).doesNotContainKey("sink.amqp.password").doesNotContainValue("swordfish");
        assertThat(settings.brokers().toString()).doesNotContain("swordfish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://broker:5672", "broker:5672", "amqp://me:swordfish@broker:5672", "amqp:// broker"})
    void anAddressIsRefusedThatIsNoneOrHasAUserInIt(String url) {
        assertThat(Given.cluster()
                        .file("discovery.sinks", "amqp")
                        .file("sink.amqp.url", url)
                        .sentences())
                .hasSize(1)
                .allSatisfy(sentence ->
                        assertThat(sentence).contains("sink.amqp.url").doesNotContain("swordfish"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxmox.hosts", "exchange:x", "queue:", "queue:two words", "queue:x?y=z"})
    void aDestinationIsAQueueOrATopic(String destination) {
        assertThat(amqp().file("sink.amqp.destination", destination).sentences())
                .hasSize(1);
    }

    @Test
    void halfALoginIsRefused() {
        assertThat(amqp().file("sink.amqp.username", "me").sentences()).hasSize(1);
        assertThat(amqp().file("sink.amqp.password", "swordfish").sentences()).hasSize(1);
    }

    @Test
    void aPasswordThatWouldGoInClearIsWarnedOf() {
        Given clear = amqp().file("sink.amqp.url", "amqp://broker:5672")
                .file("sink.amqp.username", "me")
                .file("sink.amqp.password", "swordfish");
        assertThat(clear.load().warnings()).hasSize(1);
        assertThat(clear.file("sink.amqp.url", "amqp://127.0.0.1:5672").load().warnings())
                .isEmpty();
        assertThat(clear.file("sink.amqp.url", "failover:(amqps://a:5671,amqps://b:5671)")
                        .load()
                        .warnings())
                .isEmpty();
    }

    @Test
    void theBrokerOfASinkThatIsNotChosenNeedsNothing() {
        assertThat(Given.cluster().settings().brokers()).isEmpty();
    }
}
