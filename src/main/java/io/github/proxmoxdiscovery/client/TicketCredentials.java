package io.github.proxmoxdiscovery.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.settings.Login;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/**
 * A ticket for a user and password ({@code POST /access/ticket}, PVE/API2/AccessControl.pm). Proxmox lets a ticket
 * live two hours; it is renewed after one, and once more after a 401.
 */
final class TicketCredentials implements Credentials {

    private static final Duration RENEW_AFTER = Duration.ofHours(1);
    private static final String COOKIE = "PVEAuthCookie=";

    /** So begins the ticket of a user whose second factor is still to come; it is good for nothing else. */
    private static final String HALF_A_LOGIN = "PVE:!tfa!";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Login.Password login;
    private final Supplier<URI> api;
    private final HttpClient client;
    private final Consumer<String> secretSeen;
    private final ReentrantLock lock = new ReentrantLock();
    private String ticket = "";
    private long obtainedNanos;

    /**
     * @param api where the API is now: another node may stand in for the first one
     * @param client a client of the same trust, without credentials
     * @param secretSeen is told each new ticket, which is a secret as the password is
     */
    TicketCredentials(Login.Password login, Supplier<URI> api, HttpClient client, Consumer<String> secretSeen) {
        this.login = login;
        this.api = api;
        this.client = client;
        this.secretSeen = secretSeen;
    }

    @Override
    public void sign(HttpRequest request) throws IOException {
        request.setHeader(HttpHeaders.COOKIE, COOKIE + currentTicket());
    }

    @Override
    public boolean renewAfterRefusal(HttpRequest refused) {
        String sent = refused.getFirstHeader(HttpHeaders.COOKIE).getValue();
        lock.lock();
        try {
            // Of many requests that are refused at once, the first one has the ticket renewed for all.
            if (sent.equals(COOKIE + ticket)) {
                ticket = "";
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private String currentTicket() throws IOException {
        lock.lock();
        try {
            boolean old = System.nanoTime() - obtainedNanos > RENEW_AFTER.toNanos();
            if (ticket.isEmpty() || old) {
                ticket = URLEncoder.encode(askForTicket(), StandardCharsets.UTF_8);
                obtainedNanos = System.nanoTime();
                secretSeen.accept(ticket);
            }
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    private String askForTicket() throws IOException {
        String password = login.secret().read();
        secretSeen.accept(password);
        HttpPost post = new HttpPost(URI.create(api.get() + "/access/ticket"));
        post.setEntity(new UrlEncodedFormEntity(
                List.of(
                        new BasicNameValuePair("username", login.username()),
                        new BasicNameValuePair("password", password)),
                StandardCharsets.UTF_8));
        return client.execute(post, this::ticketOf);
    }

    private String ticketOf(ClassicHttpResponse answer) throws IOException {
        if (answer.getCode() == 401) {
            throw new LoginRefusedException("401 " + answer.getReasonPhrase());
        }
        if (RetryPolicy.passes(answer.getCode())) {
            throw new LoginUnavailableException(answer.getCode() + " " + answer.getReasonPhrase());
        }
        if (answer.getCode() != 200) {
            throw new IOException("the login answered " + answer.getCode() + " " + answer.getReasonPhrase());
        }
        JsonNode ticketNode = JSON.readTree(answer.getEntity().getContent()).at("/data/ticket");
        if (!ticketNode.isTextual() || ticketNode.textValue().startsWith(HALF_A_LOGIN)) {
            throw new LoginRefusedException(
                    "the login gave no ticket (is a second factor asked for? use an API token)");
        }
        secretSeen.accept(ticketNode.textValue());
        return ticketNode.textValue();
    }
}
