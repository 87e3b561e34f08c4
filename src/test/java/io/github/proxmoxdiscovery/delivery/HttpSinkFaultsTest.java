package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a network does to the http sink. */
@Timeout(60)
class HttpSinkFaultsTest {

    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

    @TempDir
    private Path folder;

    private static Program program(Lab lab, RawServer server) {
        return lab.program("http,file")
                .with("sink.http.url", server.url())
                .with("sink.http.timeout", "300ms")
                .with("discovery.delivery-timeout", "1s");
    }

    private void everythingIsKept(Lab lab, Program.Result result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
        assertThat(lab.output().lackingIds("http")).isEqualTo(lab.ids());
        assertThat(lab.output().parked("http")).isEqualTo(List.of());
        assertThat(lab.output().ids()).isEqualTo(lab.ids());
        int hosts = lab.ids().size();
        assertThat(result.err())
                .contains("sink http took 0 hosts, and lacks " + hosts, "Last: SINK_UNREACHABLE ")
                .contains("sink file took " + hosts + " hosts");
    }

    @Test
    void keepsEverythingWhenNobodyListens() throws IOException {
        RawServer gone = RawServer.that((socket, number) -> {});
        gone.close();
        try (Lab lab = Lab.of(folder, 3)) {
            everythingIsKept(lab, program(lab, gone).run("once"));
        }
    }

    @Test
    void endsARequestThatIsNeverAnswered() throws IOException {
        try (Lab lab = Lab.of(folder, 3);
                RawServer silent = RawServer.that((socket, number) -> Thread.sleep(60_000))) {
            everythingIsKept(lab, program(lab, silent).run("once"));
        }
    }

    @Test
    void endsARequestWhoseAnswerComesByteByByte() throws IOException {
        try (Lab lab = Lab.of(folder, 2);
                RawServer dripping = RawServer.that((socket, number) -> {
                    RawServer.request(socket);
                    drip(socket, "HTTP/1.1 204 " + "x".repeat(5_000));
                })) {
            everythingIsKept(lab, program(lab, dripping).run("once"));
        }
    }

    private static void drip(Socket socket, String text) throws IOException, InterruptedException {
        for (char letter : text.toCharArray()) {
            RawServer.write(socket, String.valueOf(letter));
            Thread.sleep(20);
        }
    }

    @Test
    void isNotHeldUpByTheBodyOfAnAnswerThatNeverEnds() throws IOException {
        try (Lab lab = Lab.of(folder, 1);
                RawServer endless = RawServer.that((socket, number) -> {
                    RawServer.request(socket);
                    RawServer.write(socket, "HTTP/1.1 400 No\r\nContent-Length: 1000000\r\n\r\n");
                    drip(socket, "x".repeat(5_000));
                })) {
            Program.Result result = program(lab, endless).run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().lackingIds("http")).isEqualTo(lab.ids());
        }
    }

    @Test
    void takesATwoHundredWhateverTheSizeOfItsBody() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook talkative = Webhook.that(request -> Webhook.Answer.of(200, "x".repeat(3 << 20)))) {
            Program.Result result =
                    lab.program("http").with("sink.http.url", talkative.url()).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(talkative.ids()).isEqualTo(lab.ids());
            assertThat(lab.output().lackingIds("http")).isEmpty();
        }
    }

    @Test
    void takesATwoHundredWhoseBodyDrips() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        try (Lab lab = Lab.of(folder, 3);
                RawServer dripping = RawServer.that((socket, number) -> {
                    keys.add(key(RawServer.request(socket)));
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    drip(socket, "x".repeat(5_000));
                })) {
            Program.Result result = program(lab, dripping)
                    .with("discovery.delivery-timeout", "20s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(keys).hasSize(3).doesNotHaveDuplicates();
            assertThat(lab.output().lackingIds("http")).isEmpty();
        }
    }

    @Test
    void takesATwoHundredWhoseBodyBreaksOff() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        try (Lab lab = Lab.of(folder, 2);
                RawServer breaking = RawServer.that((socket, number) -> {
                    keys.add(key(RawServer.request(socket)));
                    RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
                })) {
            Program.Result result = program(lab, breaking).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(keys).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void sendsTheSameKeyAgainWhenTheConnectionBreaksAfterTheServerTookTheHost() throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        try (Lab lab = Lab.of(folder, 1);
                RawServer breaking = RawServer.that((socket, number) -> {
                    keys.add(key(RawServer.request(socket)));
                    if (number == 1) {
                        socket.setSoLinger(true, 0);
                    } else {
                        RawServer.write(socket, TAKEN);
                    }
                })) {
            Program.Result result = program(lab, breaking)
                    .with("discovery.delivery-timeout", "20s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(keys).hasSize(2);
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).endsWith("/lab/qemu/101/net0");
        }
    }

    private static String key(String request) {
        return request.lines()
                .filter(line -> line.startsWith("Idempotency-Key: "))
                .findFirst()
                .orElse("none");
    }

    @Test
    void tellsNothingToAServerWhoseCertificateNobodyVouchesFor() {
        try (Lab lab = Lab.of(folder, 2)) {
            Program.Result result = lab.program("http,file")
                    .with("sink.http.url", lab.cluster().url() + "/hosts")
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            everythingIsKept(lab, result);
            assertThat(lab.cluster().requests())
                    .noneMatch(request -> request.target().contains("hosts"));
        }
    }
}
