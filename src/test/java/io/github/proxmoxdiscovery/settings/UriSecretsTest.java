package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriSecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://bob:geheim@host/dir                               | geheim",
                "ftp:bob:geheim@host/dir                                 | geheim",
                "nats:hosts?servers=nats://bob:geheim@host:4222          | geheim",
                "nats:hosts?servers=nats://0123456789abcdef@host:4222    | 0123456789abcdef",
                "ftp:host/dir?username=bob&password=geheim&passiveMode=true | geheim",
                "aws2-sqs:q?accessKey=AKIA1&secretKey=geheim             | geheim",
                "aws2-sqs:q?accessKey=AKIA1&secretKey=geheim             | AKIA1",
                "spring-rabbitmq:x?password=RAW(ge&he+im)                | ge&he+im",
                "spring-rabbitmq:x?password=RAW{ge&he(im)}               | ge&he(im)",
                "azure-x:q?connectionString=RAW(Endpoint=sb;Key=abc=)    | Endpoint=sb;Key=abc=",
                "slack:hosts?token=xoxb-1                                | xoxb-1",
                "https://api.example.com/hosts?key=geheim                | geheim",
                "ftp:host?password=ge%20heim                             | ge heim",
                "ftp:host?password=ge%20heim                             | ge%20heim",
                "x:y?oauth.client-secret=geheim                          | geheim",
            })
    void findsTheSecretsOfAUri(String uri, String secret) {
        assertThat(UriSecrets.of(uri)).contains(secret);
        assertThat(UriSecrets.masked(uri)).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log:hosts?level=INFO",
                "kafka:hosts?key=fixed&brokers=kafka1:9092",
                "spring-rabbitmq:x?routingKey=hosts",
                "sftp://bob@host/dir",
                "smtp://mail?to=a@example.com&from=b@example.com",
                "ftp:host?password={{env:FTP_PASSWORD}}",
                "ftp:host?password=RAW({{env:FTP_PASSWORD}})",
                "https://pve1.example.com:8006",
                "0 0/5 * * * ?",
                "discovery@pve!discovery",
            })
    void findsNoneWhereThereIsNone(String uri) {
        assertThat(UriSecrets.of(uri)).isEmpty();
    }

    @Test
    void aMaskedUriStillTellsWhereItLeads() {
        assertThat(UriSecrets.masked("ftp://bob:geheim@host/dir?password=auch&x=1"))
                .isEqualTo("ftp://bob:***@host/dir?password=***&x=1");
    }

    @ParameterizedTest
    @CsvSource({
        "proxmox.pve.token-secret, true",
        "proxmox.pve.password, true",
        "sink.http.token, true",
        "camel.component.kafka.sasl-jaas-config, true",
        "camel.component.kafka.saslJaasConfig, true",
        "camel.component.kafka.ssl-keystore-password, true",
        "camel.component.kafka.additional-properties[basic.auth.user.info], true",
        "proxmox.pve.token-id, false",
        "proxmox.pve.token-secret-file, false",
        "camel.component.kafka.sasl-mechanism, false",
        "sink.kafka.topic, false",
    })
    void aSecretIsKnownByTheNameOfItsKey(String key, boolean secret) {
        assertThat(SecretNames.isSecret(key)).isEqualTo(secret);
    }
}
