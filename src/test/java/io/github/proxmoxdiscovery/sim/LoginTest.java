package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {

    private final SimulatedCluster cluster = Samples.cluster()
            .user("root@pam", "pass word&more", Privileges.full())
            .start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void givesATicketForUserAndPasswordWhichThenIsGood() throws IOException {
        JsonNode data = login("pass+word%26more");
        assertThat(data.path("username").textValue()).isEqualTo("root@pam");
        assertThat(data.path("CSRFPreventionToken").isTextual()).isTrue();
        assertThat(data.path("cap").path("vms").path("VM.Audit").intValue()).isEqualTo(1);
        String ticket = data.path("ticket").textValue();
        assertThat(ticket).startsWith("PVE:root@pam:");
        assertThat(version(cookie(ticket)).status()).isEqualTo(200);
        assertThat(version("Cookie: PVEAuthCookie=" + ticket).status()).isEqualTo(200);
    }

    @Test
    void takesAnOldTicketForThePassword() throws IOException {
        String ticket = login("pass+word%26more").path("ticket").textValue();
        String renewed = login(URLEncoder.encode(ticket, StandardCharsets.UTF_8))
                .path("ticket")
                .textValue();
        assertThat(renewed).isNotEqualTo(ticket);
    }

    @Test
    void refusesAWrongPassword() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            assertThat(client.post("/access/ticket", "username=root%40pam&password=x")
                            .statusLine())
                    .isEqualTo("HTTP/1.1 401 authentication failure");
        }
    }

    @Test
    void refusesATicketThatIsOver() throws IOException {
        String ticket = login("pass+word%26more").path("ticket").textValue();
        cluster.expireTickets();
        assertThat(version(cookie(ticket)).statusLine())
                .isEqualTo("HTTP/1.1 401 permission denied - invalid PVE ticket");
    }

    @Test
    void aCookieWinsOverAGoodToken() throws IOException {
        assertThat(version("Cookie: a=b; PVEAuthCookie=old", Samples.AUTHORIZATION)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void takesATokenWithASpaceAndPercentEncoded() throws IOException {
        assertThat(version("Authorization: PVEAPIToken test@pve%21token=" + Samples.SECRET)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesTheOldSecretOfARotatedToken() throws IOException {
        cluster.rotateSecret(Samples.TOKEN_ID, "new");
        assertThat(version(Samples.AUTHORIZATION).statusLine()).isEqualTo("HTTP/1.1 401 Authentication failed!");
        assertThat(version(Samples.authorization(Samples.TOKEN_ID, "new")).status())
                .isEqualTo(200);
    }

    @Test
    void refusesAfterTheDelayThatIsSet() throws IOException {
        cluster.latency(Latency.none().withRefusal(Duration.ofMillis(60)));
        long before = System.nanoTime();
        assertThat(version().statusLine()).isEqualTo("HTTP/1.1 401 No ticket");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    private JsonNode login(String encodedPassword) throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            RawClient.Reply reply = client.post("/access/ticket", "username=root%40pam&password=" + encodedPassword);
            return new ObjectMapper().readTree(reply.bytes()).path("data");
        }
    }

    private static String cookie(String ticket) {
        return "Cookie: PVEAuthCookie=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8);
    }

    private RawClient.Reply version(String... headers) throws IOException {
        return RawClient.get(cluster, "/version", headers);
    }
}
