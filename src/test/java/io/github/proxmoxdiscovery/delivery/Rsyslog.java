package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real rsyslogd, a process of its own, which writes what it understood of each line. */
final class Rsyslog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String program;
    private final Path folder;
    private final int port;
    private Process process;

    private Rsyslog(String program, Path folder, int port) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.process = server();
    }

    /** @param folder an empty one; the test is skipped where rsyslogd is not installed */
    static Rsyslog start(Path folder) throws IOException {
        String program = Tool.find("rsyslogd", "/usr/sbin").toString();
        Files.createDirectories(folder);
        int port = freePort();
        Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%2$s")
                module(load="imtcp")
                module(load="imudp")
                input(type="imtcp" port="%1$d" address="127.0.0.1" supportOctetCountedFraming="on")
                input(type="imudp" port="%1$d" address="127.0.0.1")
                template(name="parts" type="string"
                    string="%%pri%%|%%app-name%%|%%procid%%|%%msgid%%|%%structured-data%%|%%msg%%\\n")
                action(type="omfile" file="%2$s/lines" template="parts")
                """.formatted(port, folder));
        Rsyslog started = new Rsyslog(program, folder, port);
        started.await();
        return started;
    }

    private Process server() throws IOException {
        String settings = folder.resolve("rsyslog.conf").toString();
        return new ProcessBuilder(program, "-n", "-iNONE", "-f", settings)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
    }

    private void await() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    assertThat(process.isAlive())
                            .as(Files.readString(folder.resolve("server.log")))
                            .isTrue();
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    void restart() throws IOException {
        process = server();
        await();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** The parts of each line, divided by a bar, as soon as there are so many. */
    List<String> lines(int number) {
        Path lines = folder.resolve("lines");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(lines) && Files.readAllLines(lines).size() >= number);
        return Output.lines(lines);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
