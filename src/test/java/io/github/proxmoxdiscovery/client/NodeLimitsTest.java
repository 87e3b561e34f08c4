package io.github.proxmoxdiscovery.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a node are kept, and no request of a node that ended badly takes a place with it. */
@Timeout(60)
class NodeLimitsTest {

    private static final String AGENT = "https://h:1/api2/json/nodes/pve1/qemu/101/agent/network-get-interfaces";
    private static final String CONFIG = "https://h:1/api2/json/nodes/pve1/qemu/101/config";

    private final NodeLimits limits = new NodeLimits(4, 2);

    /** Requests that stand before the node, let through one at a time. */
    private static final class Door {

        private final Semaphore open = new Semaphore(0);
        private final Semaphore arrivals = new Semaphore(0);
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        ClassicHttpResponse pass(int status, String reason) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            arrivals.release();
            open.acquireUninterruptibly();
            inside.decrementAndGet();
            return new BasicClassicHttpResponse(status, reason);
        }
    }

    private ClassicHttpResponse ask(String url, ExecChain chain) throws IOException, HttpException {
        return limits.execute(new HttpGet(url), null, chain);
    }

    private int mostAtOnce(String url, int requests) {
        Door door = new Door();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            ask(url, (request, scope) -> door.pass(200, "OK"));
                        } catch (IOException | HttpException e) {
                            throw new AssertionError(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        for (int i = 0; i < requests; i++) {
            door.arrivals.acquireUninterruptibly();
            door.open.release();
        }
        all.forEach(CompletableFuture::join);
        return door.most.get();
    }

    private void agentEnds(int status, String reason) throws IOException, HttpException {
        ask(AGENT, (request, scope) -> new BasicClassicHttpResponse(status, reason));
    }

    private void agentRunsOutOfTime() {
        assertThatExceptionOfType(DeadlineExceededException.class)
                .isThrownBy(() -> ask(AGENT, (request, scope) -> {
                    throw new DeadlineExceededException(Duration.ofSeconds(1), new IOException());
                }));
    }

    @Test
    void noMoreThanAllowedAtOnce() {
        assertThat(mostAtOnce(CONFIG, 12)).isLessThanOrEqualTo(4);
        assertThat(mostAtOnce(AGENT, 12)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "500, QEMU guest agent is not running",
        "500, VM 101 qga command 'guest-network-get-interfaces' failed - got timeout",
        "596, Connection timed out"
    })
    void afterAnAgentThatTimedOutThereIsOneCallAtATime(int status, String reason) throws IOException, HttpException {
        agentEnds(status, reason);
        assertThat(mostAtOnce(AGENT, 12)).isEqualTo(1);
        assertThat(mostAtOnce(CONFIG, 12)).as("others").isGreaterThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"200, OK", "403, Permission check failed", "500, No QEMU guest agent configured", "595, no", "503, no"})
    void whatIsNoTimeoutChangesNothing(int status, String reason) throws IOException, HttpException {
        for (int i = 0; i < 10; i++) {
            agentEnds(status, reason);
        }
        assertThat(bothAtOnce()).isTrue();
    }

    @Test
    void manyTimeoutsTakeTheLastPlaceFromNobody() throws IOException, HttpException {
        for (int i = 0; i < 10; i++) {
            agentRunsOutOfTime();
            agentEnds(500, "got timeout");
        }
        assertThat(mostAtOnce(AGENT, 5)).isEqualTo(1);
    }

    @Test
    void aTimeoutWhileOthersAreUnderWayLeavesOnePlaceWhenTheyAreBack() throws Exception {
        Door door = new Door();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                ask(AGENT, (request, scope) -> door.pass(500, "got timeout"));
            } catch (IOException | HttpException e) {
                throw new AssertionError(e);
            }
        });
        door.arrivals.acquire();
        agentRunsOutOfTime();
        door.open.release();
        other.join();
        assertThat(mostAtOnce(AGENT, 5)).isEqualTo(1);
    }

    @Test
    void aNewRunBeginsWithAllPlaces() {
        agentRunsOutOfTime();
        limits.begin();
        assertThat(bothAtOnce()).isTrue();
    }

    @Test
    void whatFailsGivesItsPlaceBack() {
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ask(AGENT, (request, scope) -> {
                        throw new IOException("reset");
                    }));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ask(CONFIG, (request, scope) -> {
                        throw new RunOverException(null);
                    }));
        }
        assertThat(bothAtOnce()).isTrue();
    }

    /** Whether two agent calls can be under way together: the second one is made while the first one goes on. */
    private boolean bothAtOnce() {
        AtomicInteger inner = new AtomicInteger();
        CompletableFuture<Void> both = CompletableFuture.runAsync(() -> {
            try {
                ask(AGENT, (request, scope) -> {
                    ask(AGENT, (second, scope2) -> {
                        inner.incrementAndGet();
                        return new BasicClassicHttpResponse(200, "OK");
                    });
                    return new BasicClassicHttpResponse(200, "OK");
                });
            } catch (IOException | HttpException e) {
                throw new AssertionError(e);
            }
        });
        both.join();
        return inner.get() == 1;
    }
}
