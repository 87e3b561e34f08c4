package io.github.proxmoxdiscovery.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests are counted as: a few words, whatever is asked and answered. */
class QuestionTest {

    @ParameterizedTest
    @CsvSource({
        "/api2/json/cluster/resources?type=vm, LIST",
        "/api2/json/cluster/status, LIST",
        "/api2/json/nodes/pve1/lxc, LIST",
        "/api2/json/nodes/pve1/qemu/101/config?current=1, CONFIG",
        "/api2/json/nodes/pve1/lxc/201/config, CONFIG",
        "/api2/json/nodes/pve1/qemu/101/agent/network-get-interfaces, AGENT",
        "/api2/json/nodes/pve1/lxc/201/interfaces, INTERFACES",
        "/api2/json/access/permissions, PERMISSIONS",
        "/api2/json/access/ticket, LOGIN",
        "/api2/json/cluster/nextid?vmid=101, NEXTID",
        "/api2/json/version, VERSION",
        "/somewhere/else, OTHER"
    })
    void theKindOfAQuestionIsInItsPath(String target, Question kind) {
        assertThat(Question.of(target)).isEqualTo(kind);
    }

    @Test
    void aServerCannotMakeUpAStatusOfItsOwn() {
        assertThat(RequestStatus.of(200)).isEqualTo("200");
        assertThat(RequestStatus.of(596)).isEqualTo("596");
        assertThat(RequestStatus.of(418)).isEqualTo("4xx");
        assertThat(RequestStatus.of(999)).isEqualTo("other");
    }

    @Test
    void whatGotNoAnswerIsAWord() {
        assertThat(RequestStatus.of(new ConnectException("refused"))).isEqualTo("unreachable");
        assertThat(RequestStatus.of(new SSLHandshakeException("no"))).isEqualTo("tls");
        assertThat(RequestStatus.of(new DeadlineExceededException(Duration.ofSeconds(1), new IOException())))
                .isEqualTo("timeout");
        assertThat(RequestStatus.of(new IOException("?"))).isEqualTo("broken");
    }
}
