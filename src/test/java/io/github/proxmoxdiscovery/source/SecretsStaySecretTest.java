package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A canary for each secret: whatever is logged, written, printed or shown, none of them is in it. */
public class SecretsStaySecretTest {

    private static final String TOKEN_CANARY = "c4na7y00-aaaa-4bbb-8ccc-dddddddddddd";
    private static final String PASSWORD_CANARY = "Canary/pass word+of=the?user";
    private static final String WRONG_CANARY = "Canary-that-is-refused/&%";

    @TempDir
    private Path folder;

    /** Two clusters that can be read, by token and by ticket, and two that refuse their token and their user. */
    private Discovery discovery(SimulatedCluster cluster) {
        return Discovery.in(folder)
                .read("token", cluster, Discovery.TOKEN_ID, TOKEN_CANARY)
                .read("refused", cluster, Discovery.TOKEN_ID, WRONG_CANARY)
                .at("user", cluster.url())
                .of("user", "fingerprint", cluster.fingerprint())
                .of("user", "username", "canary@pve")
                .secret("user", "password", PASSWORD_CANARY)
                .at("nobody", cluster.url())
                .of("nobody", "fingerprint", cluster.fingerprint())
                .of("nobody", "username", "canary@pve")
                .secret("nobody", "password", WRONG_CANARY);
    }

    private static SimulatedCluster cluster() {
        return Discovery.cluster()
                .token(Discovery.TOKEN_ID, TOKEN_CANARY)
                .user("canary@pve", PASSWORD_CANARY, Privileges.full())
                .guest(vm(101))
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"debug", "trace"})
    void noSecretIsInAnyLogFileReportOrArgument(String level) throws Exception {
        try (SimulatedCluster cluster = cluster();
                Fork fork =
                        Fork.start(discovery(cluster), "once", "-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level)) {
            String arguments = fork.commandLine();
            Program.Result result = fork.await();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(result.err()).as("the log is at work").contains(" " + level.toUpperCase(Locale.ROOT) + " ");
            Map<String, String> places = filesBelow(folder);
            assertThat(places.keySet()).anyMatch(file -> file.endsWith("latest.ndjson"));
            places.put("the process list", arguments);
            places.forEach((place, text) -> forms(cluster)
                    .forEach(form -> assertThat(text.contains(form))
                            .as("%s has %s: %s", place, form, excerpt(text, form))
                            .isFalse()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "validate", "run"})
    void aSecretOnTheCommandLineIsRefusedAndNotRepeated(String command) {
        Program.Result result = Program.in(folder)
                .option("--config", folder.toString())
                .with("proxmox.pve.url", "https://127.0.0.1:1")
                .with("proxmox.pve.token-id", Discovery.TOKEN_ID)
                .with("proxmox.pve.token-secret", TOKEN_CANARY)
                .run(command);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("proxmox.pve.token-secret").doesNotContain(TOKEN_CANARY);
    }

    @Test
    void helpAndValidationShowNoSecretEither() throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                "proxmox.pve.url=https://127.0.0.1:1\nproxmox.pve.token-id=a@pve!b\nproxmox.pve.token-secret="
                        + TOKEN_CANARY + "\n");
        for (String command : new String[] {"validate", "once"}) {
            Program.Result result =
                    Program.in(folder).option("--config", folder.toString()).run(command);
            assertThat(result.out() + result.err()).as(command).doesNotContain(TOKEN_CANARY);
        }
    }

    private static Set<String> forms(SimulatedCluster cluster) {
        Set<String> secrets = new LinkedHashSet<>(Set.of(TOKEN_CANARY, PASSWORD_CANARY, WRONG_CANARY));
        cluster.requests().stream()
                .flatMap(request -> request.headers().values().stream())
                .filter(header -> header.startsWith("PVEAuthCookie="))
                .map(header -> URLDecoder.decode(header.substring(14), StandardCharsets.UTF_8))
                .forEach(secrets::add);
        assertThat(secrets).as("with the ticket").hasSize(4);
        Set<String> forms = new LinkedHashSet<>(secrets);
        for (String secret : secrets) {
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            for (int offset = 0; offset < 3; offset++) {
                // Whole groups only: what stands before and after does not show in them.
                byte[] groups = Arrays.copyOfRange(bytes, offset, offset + (bytes.length - offset) / 3 * 3);
                forms.add(Base64.getEncoder().encodeToString(groups));
            }
        }
        return forms;
    }

    private static Map<String, String> filesBelow(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> texts.put(file.toString(), read(file)));
        }
        return texts;
    }

    private static String read(Path file) {
        try {
            // The ledger is no text, but has some in it.
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String excerpt(String text, String form) {
        int at = text.indexOf(form);
        return at < 0 ? "" : text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 200));
    }
}
