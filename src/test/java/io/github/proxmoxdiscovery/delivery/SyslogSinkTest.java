package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink syslog and a real rsyslogd, which says what it understood. */
class SyslogSinkTest {

    private static final String PASSWORD = "no-secret";

    @TempDir
    private Path folder;

    private static Program program(Lab lab, String address) {
        return lab.program("syslog,file")
                .with("sink.syslog.address", address)
                .with("sink.syslog.emit", "changes")
                .with("discovery.removal.after", "1");
    }

    private static void run(Program program) {
        Program.Result result = program.run("once");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    /** What of a line is the same in each ledger. */
    private static String parts(String line) {
        return line.replaceFirst("\\|\\{.*", "").replaceAll("@[0-9a-z]+\\.", "@epoch.");
    }

    private static JsonNode message(String line) {
        return Output.json(line.substring(line.indexOf("|{") + 1));
    }

    @Test
    void isALineForEachEventThatRsyslogTakesApart() throws Exception {
        try (Lab lab = Lab.of(folder, 3);
                Rsyslog rsyslog = Rsyslog.start(folder.resolve("rsyslog"))) {
            run(program(lab, rsyslog.address()));
            List<String> first = rsyslog.lines(3);
            assertThat(first.stream().map(SyslogSinkTest::parts))
                    .hasSize(3)
                    .contains("29|proxmox-discovery|-|discovered|[host@32473 id=\"lab/qemu/102/net0\""
                            + " event=\"lab/qemu/102/net0@epoch.1.1\" mac=\"bc:24:11:00:00:66\" hostname=\"vm-102\""
                            + " cluster=\"lab\" node=\"pve2\" type=\"qemu\" vmid=\"102\" status=\"stopped\""
                            + " tags=\"prod,web\"]");
            assertThat(first.stream().map(SyslogSinkTest::message))
                    .containsExactlyInAnyOrderElementsOf(lab.output().latest("lab").stream()
                            .map(Output::json)
                            .toList());
            lab.cluster().change(101, vm -> vm.config("name", "other"));
            lab.cluster().remove(103);
            run(program(lab, rsyslog.address()).with("sink.syslog.facility", "local7"));
            List<String> then = rsyslog.lines(5).subList(3, 5);
            assertThat(then.stream().map(line -> line.replaceFirst("\" event.*", "")))
                    .containsExactlyInAnyOrder(
                            "189|proxmox-discovery|-|updated|[host@32473 id=\"lab/qemu/101/net0",
                            "189|proxmox-discovery|-|removed|[host@32473 id=\"lab/qemu/103/net0");
        }
    }

    @Test
    void isOneLineWhateverAGuestCallsItself() throws Exception {
        String name = "a\"] b\\c\r\n<29>1 - - - - - forged\0\u001b[31mbüro\u202e🙂";
        try (Lab lab = Lab.of(folder, 2);
                Rsyslog rsyslog = Rsyslog.start(folder.resolve("rsyslog"))) {
            lab.cluster().change(101, vm -> vm.config("name", name));
            run(program(lab, rsyslog.address()));
            List<String> lines = rsyslog.lines(2);
            assertThat(lines).hasSize(2);
            String line = lines.stream()
                    .filter(one -> one.contains("qemu/101/"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line)
                    .contains(" cluster=\"lab\" ")
                    .contains("a\\\"\\] b\\\\c")
                    .contains("büro");
            assertThat(message(line))
                    .isEqualTo(Output.json(lab.output().latest("lab").get(0)));
        }
    }

    @Test
    void getsWhatItMissedWhenItIsBack() throws Exception {
        try (Lab lab = Lab.of(folder, 3);
                Rsyslog rsyslog = Rsyslog.start(folder.resolve("rsyslog"))) {
            run(program(lab, rsyslog.address()));
            assertThat(rsyslog.lines(3)).hasSize(3);
            assertThat(program(lab, rsyslog.address()).run("check").out()).contains("is reached; no line is sent");
            rsyslog.stop();
            assertThat(program(lab, rsyslog.address()).run("check").out()).contains("sink.syslog.address");
            lab.cluster().change(101, vm -> vm.config("name", "other"));
            Program.Result down = program(lab, rsyslog.address())
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(down.exitCode()).isEqualTo(5);
            assertThat(down.err())
                    .contains("sink syslog took 0 hosts, and lacks 1", "SINK_UNREACHABLE ", "refused")
                    .doesNotContain("\tat ");
            rsyslog.restart();
            run(program(lab, rsyslog.address()));
            assertThat(rsyslog.lines(4)).hasSize(4).last().asString().contains("|updated|", "hostname=\"other\"");
        }
    }

    @Test
    void isADatagramForEachEventByUdp() throws Exception {
        try (Lab lab = Lab.of(folder, 3);
                Rsyslog rsyslog = Rsyslog.start(folder.resolve("rsyslog"))) {
            run(program(lab, rsyslog.address()).with("sink.syslog.protocol", "udp"));
            assertThat(rsyslog.lines(3).stream()
                            .map(line -> message(line).path("hostname").asText()))
                    .containsExactlyInAnyOrder("vm-101", "vm-102", "vm-103");
        }
    }

    @Test
    void isEncryptedForAServerThatIsTrustedAndHasItsName() throws Exception {
        try (Lab lab = Lab.of(folder, 3);
                SSLServerSocket server = tlsServer()) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            Thread reader = new Thread(() -> receive(server, received), "tls-server");
            reader.setDaemon(true);
            reader.start();
            String port = ":" + server.getLocalPort();
            Program.Result unknown = tls(lab, "127.0.0.1" + port)
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(unknown.exitCode()).as("not trusted").isEqualTo(5);
            Program.Result other = tls(lab, "localhost" + port)
                    .with("sink.syslog.ca-file", folder.resolve("ca.pem").toString())
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(other.exitCode()).as("another name: " + other.err()).isEqualTo(5);
            assertThat(other.err())
                    .contains("SINK_UNREACHABLE SSLPeerUnverifiedException: Certificate for <localhost>");
            run(tls(lab, "127.0.0.1" + port)
                    .with("sink.syslog.ca-file", folder.resolve("ca.pem").toString()));
            String all = received.poll(60, TimeUnit.SECONDS);
            assertThat(all).contains("vm-101", "vm-102", "vm-103").matches("(?s)\\d+ <29>1 .*");
            assertThat(received).isEmpty();
        }
    }

    private static Program tls(Lab lab, String address) {
        return program(lab, address).with("sink.syslog.tls", "true");
    }

    /** What each connection brought, if it brought something. */
    private static void receive(SSLServerSocket server, BlockingQueue<String> received) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (!all.isEmpty()) {
                    received.add(all);
                }
            } catch (IOException e) {
                // A client that does not trust this server says so, and goes.
                continue;
            }
        }
    }

    /** Its certificate is for 127.0.0.1, and lies in ca.pem. */
    private SSLServerSocket tlsServer() throws Exception {
        Path store = folder.resolve("server.p12");
        keytool("-genkeypair -alias server -keyalg EC -dname CN=siem -ext san=ip:127.0.0.1", store);
        keytool("-exportcert -alias server -rfc -file " + folder.resolve("ca.pem"), store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private void keytool(String arguments, Path store) throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = program + " " + arguments + " -keystore " + store + " -storepass " + PASSWORD;
        Process process = new ProcessBuilder(command.split(" "))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    @Test
    void isNotStartedWithSettingsThatMakeNoSense() {
        try (Lab lab = Lab.of(folder, 1)) {
            Program.Result result = program(lab, "siem.example.com")
                    .with("sink.syslog.protocol", "udp")
                    .with("sink.syslog.tls", "true")
                    .with("sink.syslog.facility", "mail")
                    .with("sink.syslog.ca-file", folder.resolve("none.pem").toString())
                    .run("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("sink.syslog.address", "is not host:port")
                    .contains("sink.syslog.tls", "TLS needs tcp")
                    .contains("sink.syslog.facility", "sink.syslog.ca-file");
        }
    }
}
