package io.github.proxmoxdiscovery.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the sinks: of those that are not chosen, too, but they need not be complete. */
final class SinkReader {

    /** How many hosts a sink is given at once when it does not matter to it. */
    private static final int BATCH = 500;

    private final List<String> chosen;
    private final Set<String> placeholders;
    private final Values values;
    private final Problems problems;
    private final List<String> warnings;

    /** @param placeholders the keys that route files use */
    SinkReader(List<String> chosen, Set<String> placeholders, Values values, Problems problems, List<String> warnings) {
        this.chosen = chosen;
        this.placeholders = placeholders;
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    /**
     * What the sinks have set.
     *
     * @param chosen the chosen ones
     * @param fileDirectory of the file sink
     * @param fileKeep of the file sink
     * @param httpToken of the http sink
     * @param httpTimeout of the http sink
     * @param sql of the sql sink
     * @param syslog of the syslog sink
     * @param brokers of the sinks jms and amqp, by their names
     */
    record Sinks(
            List<SinkSettings> chosen,
            Path fileDirectory,
            Duration fileKeep,
            Optional<Secret> httpToken,
            Duration httpTimeout,
            SqlSettings sql,
            SyslogSettings syslog,
            Map<String, BrokerSettings> brokers) {}

    Sinks read() {
        refuseUrisOfOurSinks();
        Path directory = values.get(SinkKeys.FILE_DIRECTORY);
        Duration keep = values.get(SinkKeys.FILE_KEEP);
        findOrNeed("kafka", SinkKeys.KAFKA_BROKERS);
        values.get(SinkKeys.KAFKA_TOPIC);
        Optional<Secret> token = httpToken(findOrNeed("http", SinkKeys.HTTP_URL));
        int httpBatch = values.get(SinkKeys.HTTP_BATCH);
        Duration httpTimeout = values.get(SinkKeys.HTTP_TIMEOUT);
        SqlSettings sql = sql();
        SyslogSettings syslog = syslog();
        List<SinkSettings> sinks = new ArrayList<>();
        for (String name : union(chosen, SinkKeys.OURS)) {
            sinks.add(sink(name, httpBatch));
        }
        Map<String, BrokerSettings> brokers = new BrokerReader(chosen, values, problems, warnings).read();
        return new Sinks(sinks.subList(0, chosen.size()), directory, keep, token, httpTimeout, sql, syslog, brokers);
    }

    private void refuseUrisOfOurSinks() {
        for (String name : SinkKeys.OURS) {
            Key<String> key = SinkKeys.URI.of(name);
            if (values.isSet(key)) {
                problems.add(
                        key.name(),
                        "the sink " + name + " has a route file, which does not ask for a uri. Give a sink of your own"
                                + " another name, for example sink.my-" + name + ".uri");
            }
        }
    }

    private <T> Optional<T> findOrNeed(String sink, Key<T> key) {
        return chosen.contains(sink) ? values.need(key) : values.find(key);
    }

    private Optional<Secret> httpToken(Optional<URI> url) {
        if (!chosen.contains("http")) {
            return Optional.empty();
        }
        Optional<Secret> token = values.secret(SinkKeys.HTTP_TOKEN, SinkKeys.HTTP_TOKEN_FILE);
        boolean inClear = url.filter(address -> "http".equalsIgnoreCase(address.getScheme()))
                .filter(address -> !Addresses.isLoopback(address))
                .isPresent();
        if (inClear && token.isPresent()) {
            warnings.add(SinkKeys.HTTP_URL.name() + ": the token goes over the network in clear, for the address begins"
                    + " with http://. Everybody on the way can take it; use https://");
        }
        return token;
    }

    private SqlSettings sql() {
        String url = findOrNeed("sql", SinkKeys.SQL_URL).orElse("");
        Optional<String> username = values.find(SinkKeys.SQL_USERNAME);
        values.get(SinkKeys.SQL_TABLE);
        Optional<Secret> password = chosen.contains("sql")
                ? values.secret(SinkKeys.SQL_PASSWORD, SinkKeys.SQL_PASSWORD_FILE)
                : Optional.empty();
        return new SqlSettings(url, username, password);
    }

    private SyslogSettings syslog() {
        String host = findOrNeed("syslog", SinkKeys.SYSLOG_ADDRESS)
                .map(Addresses::host)
                .orElse("");
        boolean udp = values.get(SinkKeys.SYSLOG_UDP);
        if (udp && values.get(SinkKeys.SYSLOG_TLS)) {
            problems.add(SinkKeys.SYSLOG_TLS, "is on, and sink.syslog.protocol is udp: TLS needs tcp");
        }
        Optional<Path> authorities = values.find(SinkKeys.SYSLOG_CA_FILE);
        if (chosen.contains("syslog")) {
            authorities.ifPresent(file -> TrustReader.checkAuthorities(SinkKeys.SYSLOG_CA_FILE, file, problems));
        }
        Trust trust = authorities.<Trust>map(Trust.CaFile::new).orElseGet(Trust.SystemTrust::new);
        return new SyslogSettings(host, udp, values.get(SinkKeys.SYSLOG_FACILITY), trust);
    }

    private SinkSettings sink(String name, int httpBatch) {
        Emit emit = values.get(SinkKeys.EMIT.of(name));
        boolean tellsExcluded = values.get(SinkKeys.EXCLUDED.of(name));
        if (SinkKeys.OURS.contains(name)) {
            int batch = "http".equals(name) ? httpBatch : BATCH;
            return new SinkSettings(name, Optional.empty(), batch, emit, tellsExcluded);
        }
        Key<String> key = SinkKeys.URI.of(name);
        Optional<String> uri = values.find(key);
        // Without a route file of its own, hosts go one by one: none that was acknowledged is sent again.
        boolean oneByOne = uri.isPresent() && !placeholders.contains(key.name());
        return new SinkSettings(name, uri, oneByOne ? 1 : BATCH, emit, tellsExcluded);
    }

    private static Set<String> union(List<String> first, List<String> then) {
        Set<String> union = new LinkedHashSet<>(first);
        union.addAll(then);
        return union;
    }
}
