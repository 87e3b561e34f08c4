package io.github.proxmoxdiscovery.sim;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens, users and tickets that the cluster knows. */
final class Accounts {

    /** The separator may be a space, the value percent-encoded (pve-http-server, Formatter.pm). */
    private static final Pattern TOKEN = Pattern.compile("PVEAPIToken[= ]([^=]+)=(.*)");

    private static final Pattern COOKIE = Pattern.compile("(?:^|;)\\s*PVEAuthCookie=([^;]*)");

    /** @param secret a token's secret, a user's password */
    record Account(String secret, Privileges privileges) {}

    private final Flavour flavour;
    private final Map<String, Account> tokens = new ConcurrentHashMap<>();
    private final Map<String, Account> users = new ConcurrentHashMap<>();
    private final Map<String, String> tickets = new ConcurrentHashMap<>();
    private final AtomicLong ticketNumber = new AtomicLong();

    Accounts(Flavour flavour, Map<String, Account> tokens, Map<String, Account> users) {
        this.flavour = flavour;
        this.tokens.putAll(tokens);
        this.users.putAll(users);
    }

    /** A cookie wins over a token, even one that is no longer good. */
    Caller caller(HttpRequest request) throws ApiException {
        Matcher cookie = COOKIE.matcher(request.header("Cookie"));
        if (cookie.find()) {
            return ofTicket(HttpRequest.unescaped(cookie.group(1)));
        }
        String authorization = request.header("Authorization");
        if (!authorization.startsWith("PVEAPIToken")) {
            throw ApiException.of(401, "No ticket");
        }
        return ofToken(HttpRequest.unescaped(authorization));
    }

    /** The ticket for a user, who may show an old ticket in place of the password. */
    Optional<String> login(String user, String password) {
        Account account = users.get(user);
        boolean known = account != null && (account.secret().equals(password) || user.equals(tickets.get(password)));
        return known ? Optional.of(newTicket(user)) : Optional.empty();
    }

    Caller user(String user) {
        Account account = users.getOrDefault(user, new Account("", Privileges.none()));
        return new Caller(user, account.privileges(), flavour);
    }

    void rotate(String tokenId, String secret) {
        tokens.computeIfPresent(tokenId, (id, account) -> new Account(secret, account.privileges()));
    }

    void expire(String tokenId) {
        tokens.remove(tokenId);
    }

    void grant(String tokenOrUser, Privileges privileges) {
        tokens.computeIfPresent(tokenOrUser, (id, account) -> new Account(account.secret(), privileges));
        users.computeIfPresent(tokenOrUser, (id, account) -> new Account(account.secret(), privileges));
    }

    void expireTickets() {
        tickets.clear();
    }

    /** Every path that has an entry of anyone. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        tokens.values()
                .forEach(account -> paths.addAll(account.privileges().acl().keySet()));
        users.values()
                .forEach(account -> paths.addAll(account.privileges().acl().keySet()));
        return paths;
    }

    private Caller ofToken(String authorization) throws ApiException {
        Matcher token = TOKEN.matcher(authorization);
        Account account = token.matches() ? tokens.get(token.group(1)) : null;
        if (account == null || !account.secret().equals(token.group(2))) {
            throw ApiException.of(401, "Authentication failed!");
        }
        return new Caller(token.group(1), account.privileges(), flavour);
    }

    private Caller ofTicket(String ticket) throws ApiException {
        String user = tickets.get(ticket);
        if (user == null) {
            throw ApiException.of(401, "permission denied - invalid PVE ticket");
        }
        return user(user);
    }

    private String newTicket(String user) {
        String time = "%08X".formatted(0x66000000L + ticketNumber.incrementAndGet());
        byte[] signature = ("signature+of/" + user + "~~" + time).getBytes(StandardCharsets.UTF_8);
        String ticket = "PVE:" + user + ":" + time + "::" + Base64.getEncoder().encodeToString(signature);
        tickets.put(ticket, user);
        return ticket;
    }
}
