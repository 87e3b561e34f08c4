package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PveFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    500 | Configuration file 'nodes/vm/qemu-server/200.conf' does not exist | GONE
                    500 | Configuration file 'nodes/vm/lxc/300.conf' does not exist         | GONE
                    500 | hostname lookup 'x' failed - failed to get address info for: x    | SERVER_ERROR
                    500 | proxy loop detected                                               | SERVER_ERROR
                    500 | snapshot 'x' does not exist                                       | SERVER_ERROR
                    500 | Internal Server Error                                             | SERVER_ERROR
                    501 | Method 'GET /nodes/vm/x' not implemented                          | SERVER_ERROR
                    502 | Bad Gateway                                                       | SERVER_ERROR
                    503 | Service Unavailable                                               | SERVER_ERROR
                    506 | HTTP protocol version not supported                               | SERVER_ERROR
                    595 | Connection refused                                                | NODE_OFFLINE
                    595 | No route to host                                                  | NODE_OFFLINE
                    596 | Connection timed out                                              | TIMEOUT
                    597 | Broken pipe                                                       | BAD_REPLY
                    599 | Too many redirections                                             | SERVER_ERROR
                    401 | Authentication failed!                                            | LOGIN_FAILED
                    401 | authentication failure                                            | LOGIN_FAILED
                    401 | No ticket                                                         | LOGIN_FAILED
                    403 | Permission check failed (/vms/101, VM.Audit)                      | FORBIDDEN
                    403 | URI '/x' not available with API token, need proper ticket.        | FORBIDDEN
                    400 | Parameter verification failed.                                    | SERVER_ERROR
                    429 | Too Many Requests                                                 | SERVER_ERROR
                    301 | Moved Permanently                                                 | BAD_REPLY
                    302 | Found                                                             | BAD_REPLY
                    204 | No Content                                                        | BAD_REPLY
                    """)
    void everyStatusLineOfProxmoxHasItsReason(int status, String phrase, Reason reason) {
        PveFailure failure = PveFailure.ofStatus(status, phrase);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.statusLine()).isEqualTo(status + " " + phrase);
        assertThat(failure.message()).isEqualTo(status + " " + phrase);
    }

    @Test
    void whiteSpaceRoundThePhraseDoesNotCount() {
        assertThat(PveFailure.ofStatus(500, " Configuration file 'nodes/vm/lxc/300.conf' does not exist\n")
                        .reason())
                .isEqualTo(Reason.GONE);
    }

    @Test
    void aStatusWithoutAPhraseIsAMessageToo() {
        assertThat(PveFailure.ofStatus(500, "").message()).isEqualTo("500");
    }
}
