package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://pve1.example.com:8006          | [https://pve1.example.com:8006]",
                "https://pve1.example.com               | [https://pve1.example.com:8006]",
                "https://pve1.example.com:443           | [https://pve1.example.com:443]",
                "https://pve1.example.com:8006/         | [https://pve1.example.com:8006]",
                "HTTPS://pve1                           | [https://pve1:8006]",
                "https://[2001:db8::1]:8006             | [https://[2001:db8::1]:8006]",
                "https://a:8006, https://b:8006         | [https://a:8006, https://b:8006]",
                "https://a,https://a:8006               | [https://a:8006]",
            })
    void readsTheAddressesOfACluster(String text, String urls) throws WrongValueException {
        assertThat(Addresses.pveUrls(text)).hasToString(urls);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://pve1:8006                | in clear",
                "pve1.example.com                | of the form https://",
                "pve1:8006                       | of the form https://",
                "https://                        | not an address",
                "https://pve 1                   | not an address",
                "https://pve_1:8006              | of the form https://",
                "https://root:geheim@pve1:8006   | has a user in it",
                "https://pve1:8006/api2/json     | behind host and port",
                "https://pve1:8006?x=1           | behind host and port",
                "https://pve1:8006/#v1:0         | behind host and port",
                "https://pve1:0                  | from 1 to 65535",
                "https://pve1:70000              | from 1 to 65535",
                "https://pve1:8006,http://pve2   | in clear",
                "','                             | names no address",
            })
    void saysWhatIsWrongWithTheAddressOfACluster(String text, String why) {
        assertThatThrownBy(() -> Addresses.pveUrls(text)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://inventory/hosts          | of the form https://",
                "inventory.example.com          | of the form https://",
                "https://u:p@inventory/hosts    | set sink.http.token instead",
                "https://inventory:99999/hosts  | from 1 to 65535",
            })
    void saysWhatIsWrongWithAWebhook(String text, String why) {
        assertThatThrownBy(() -> Addresses.webhook(text)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080/x, true",
        "http://127.0.0.1/x, true",
        "http://127.1.2.3/x, true",
        "http://[::1]:80/x, true",
        "http://inventory/x, false",
        "http://127.evil.example.com/x, false",
    })
    void knowsWhatStaysOnThisMachine(URI url, boolean loopback) {
        assertThat(Addresses.isLoopback(url)).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka1:9092", "kafka1.example.com:9092, 10.0.0.1:9093", "[::1]:9092"})
    void readsBrokers(String text) throws WrongValueException {
        assertThat(Addresses.brokers(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka1", "http://kafka1:9092", "kafka1:9092;kafka2:9092", "kafka1:", ","})
    void refusesWhatIsNoBroker(String text) {
        assertThatThrownBy(() -> Addresses.brokers(text)).isInstanceOf(WrongValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqtt", "//host/path", ":x", "log:"})
    void anEndpointBeginsWithAComponent(String text) {
        assertThatThrownBy(() -> Addresses.endpoint(text)).hasMessageContaining("Camel component");
    }
}
