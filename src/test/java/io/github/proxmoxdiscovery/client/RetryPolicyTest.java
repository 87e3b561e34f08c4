package io.github.proxmoxdiscovery.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asked again is what passes by itself, and nothing else. */
class RetryPolicyTest {

    private static final String LIST = "/api2/json/cluster/resources?type=vm";
    private static final String CONFIG = "/api2/json/nodes/pve1/qemu/101/config?current=1";
    private static final String AGENT = "/api2/json/nodes/pve1/qemu/101/agent/network-get-interfaces";
    private static final String CONTAINER = "/api2/json/nodes/pve1/lxc/201/interfaces";

    private final RetryPolicy policy = policy(Map.of());

    private static RetryPolicy policy(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "proxmox.clusters", "lab",
                "proxmox.lab.url", "https://pve1.example.com",
                "proxmox.lab.token-id", "discovery@pve!test",
                "proxmox.lab.retries", "3",
                "proxmox.lab.retry-delay", "100ms"));
        settings.putAll(changed);
        ClusterSettings cluster = new SettingsLoader(
                        Map.of("PROXMOX_LAB_TOKEN_SECRET", "0a1b2c3d-1111-4222-8333-5e6f7a8b9c0d"),
                        cron -> Optional.empty())
                .load(Optional.empty(), settings, Set.of())
                .settings()
                .clusters()
                .get(0);
        return new RetryPolicy(cluster);
    }

    private static BasicHttpResponse answer(int status) {
        return new BasicHttpResponse(status, "so it is");
    }

    private static BasicHttpResponse unavailable(String retryAfter) {
        BasicHttpResponse answer = answer(503);
        answer.setHeader("Retry-After", retryAfter);
        return answer;
    }

    private boolean isAskedAgain(String path, int status, int tried) {
        return policy.after(path, answer(status), tried).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {595, 597, 599, 502, 503, 504, 429})
    void aNodeOrAProxyThatMayBeBackIsAskedAgainWhateverTheQuestion(int status) {
        for (String path : new String[] {LIST, CONFIG, AGENT, CONTAINER}) {
            assertThat(isAskedAgain(path, status, 1)).as(path).isTrue();
            assertThat(isAskedAgain(path, status, 3)).as(path).isTrue();
            assertThat(isAskedAgain(path, status, 4)).as(path).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 401, 403, 404, 501, 505, 596, 598})
    void aRefusalIsOneForAnAgentAsForAllOthers(int status) {
        assertThat(isAskedAgain(AGENT, status, 1)).isFalse();
        assertThat(isAskedAgain(CONTAINER, status, 1)).isFalse();
        assertThat(isAskedAgain(LIST, status, 1)).isEqualTo(status == 596);
        assertThat(isAskedAgain(CONFIG, status, 1)).isEqualTo(status == 596);
    }

    @Test
    void whatTimedOutOnTheWayIsAskedOnceMoreOnly() {
        assertThat(isAskedAgain(CONFIG, 596, 1)).isTrue();
        assertThat(isAskedAgain(CONFIG, 596, 2)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/api2/json/nodes, true",
        "/api2/json/cluster/resources?type=vm, true",
        "/api2/json/nodes/pve1/qemu, true",
        "/api2/json/nodes/pve1/lxc, true",
        "/api2/json/nodes/pve1/qemu/101/config?current=1, false",
        "/api2/json/nodes/pve1/lxc/201/config?current=1, false",
        "/api2/json/nodes/pve1/qemu/101/agent/network-get-interfaces, false",
        "/api2/json/nodes/pve1/lxc/201/interfaces, false"
    })
    void anErrorOfAListMayPassAndThatOfAGuestDoesNot(String path, boolean again) {
        assertThat(isAskedAgain(path, 500, 1)).isEqualTo(again);
    }

    @Test
    void withoutRetriesNothingIsAskedAgain() {
        RetryPolicy none = policy(Map.of("proxmox.lab.retries", "0"));
        assertThat(none.after(LIST, answer(503), 1)).isEmpty();
        assertThat(none.after(LIST, new SocketException("Connection reset"), 1)).isEmpty();
    }

    @Test
    void aConnectionThatBrokeIsTriedAgain() {
        assertThat(new IOException[] {
                    new SocketException("Connection reset"),
                    new NoRouteToHostException("No route to host"),
                    new NoHttpResponseException("failed to respond"),
                    new ConnectionClosedException("Premature end of Content-Length delimited message body"),
                    new MalformedChunkCodingException("CRLF expected at end of chunk"),
                    new TruncatedChunkException("Truncated chunk")
                })
                .allSatisfy(failure -> {
                    assertThat(policy.after(LIST, failure, 3)).isPresent();
                    assertThat(policy.after(LIST, failure, 4)).isEmpty();
                });
    }

    @Test
    void whatDoesNotPassOrTookItsTimeAlreadyIsNot() {
        assertThat(new IOException[] {
                    new ConnectTimeoutException("Connect timed out"),
                    new SocketTimeoutException("Read timed out"),
                    new DeadlineExceededException(Duration.ofSeconds(1), new IOException()),
                    new RunOverException(null),
                    new UnknownHostException("pve1"),
                    new SSLHandshakeException("no"),
                    new ReplyTooLargeException(1),
                    new LoginRefusedException("401 authentication failure")
                })
                .allSatisfy(
                        failure -> assertThat(policy.after(LIST, failure, 1)).isEmpty());
    }

    @Test
    void aConnectionThatTookTooLongIsTriedOnceMoreForAGuestForWhichTheAddressWorkedBefore() {
        IOException slow = new ConnectTimeoutException("Read timed out");
        RetryPolicy two = policy(Map.of("proxmox.lab.url", "https://pve1.example.com,https://pve2.example.com"));
        assertThat(new String[] {CONFIG, AGENT, CONTAINER}).allSatisfy(path -> {
            assertThat(policy.after(path, slow, 1)).isPresent();
            assertThat(policy.after(path, slow, 2)).isEmpty();
            assertThat(two.after(path, slow, 1)).isPresent();
        });
    }

    @Test
    void aPortThatIsClosedIsTriedAgainUnlessThereIsAnotherAddress() {
        IOException[] closed = {new ConnectException("refused"), new HttpHostConnectException("refused")};
        RetryPolicy two = policy(Map.of("proxmox.lab.url", "https://pve1.example.com,https://pve2.example.com"));
        RetryPolicy direct = policy(Map.of("proxmox.lab.direct", "true"));
        assertThat(closed).allSatisfy(failure -> {
            assertThat(policy.after(LIST, failure, 1)).isPresent();
            assertThat(two.after(LIST, failure, 1)).isEmpty();
            assertThat(direct.after(LIST, failure, 1)).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"1, 50, 100", "2, 100, 200", "3, 200, 400"})
    void theDelayDoublesAndIsCutByUpToAHalf(int tried, long least, long most) {
        for (int i = 0; i < 200; i++) {
            assertThat(policy.after(LIST, answer(503), tried).orElseThrow().toMillis())
                    .isBetween(least, most);
        }
    }

    @Test
    void theDelayEndsWithTenSeconds() {
        RetryPolicy slow = policy(Map.of("proxmox.lab.retries", "10", "proxmox.lab.retry-delay", "1m"));
        assertThat(slow.after(LIST, answer(503), 10).orElseThrow())
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7", " 7 , 7", "60, 60", "61, 60", "999999999, 60"})
    void theServerMaySayWhenItIsBackUpToAMinute(String retryAfter, long seconds) {
        assertThat(policy.after(LIST, unavailable(retryAfter), 1)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void itMaySayItAsADate() {
        String later = DateUtils.formatStandardDate(Instant.now().plusSeconds(3600));
        assertThat(policy.after(LIST, unavailable(later), 1)).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1e9", "99999999999", "7.5", "Thu, 01 Jan 1970 00:00:00 GMT"})
    void whatMakesNoSenseIsAsIfItHadNotBeenSaid(String retryAfter) {
        assertThat(policy.after(LIST, unavailable(retryAfter), 1).orElseThrow())
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
}
