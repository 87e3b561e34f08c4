package io.github.proxmoxdiscovery.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The keys of the sinks. */
final class SinkKeys {

    static final Key<Path> FILE_DIRECTORY = Key.withDefault(
            "sink.file.directory", "out", "The folder of the files, which gets one folder a cluster.", Parser.path());

    static final Key<Duration> FILE_KEEP = Key.withDefault(
            "sink.file.keep",
            "7d",
            "How long the files of a run are kept; those of the last ten runs always are.",
            Parser.duration(Duration.ofDays(365)));

    static final Key<List<String>> KAFKA_BROKERS = Key.required(
            "sink.kafka.brokers",
            Key.Need.WHEN_CHOSEN,
            "kafka1.example.com:9092",
            "Where Kafka is, a comma list of host:port; must be set for the sink kafka.",
            Addresses::brokers);

    static final Key<String> KAFKA_TOPIC = Key.withDefault(
            "sink.kafka.topic",
            "proxmox.hosts",
            "The topic that gets one record a host, the host's id as key.",
            SinkKeys::topic);

    static final Key<URI> HTTP_URL = Key.required(
            "sink.http.url",
            Key.Need.WHEN_CHOSEN,
            "https://inventory.example.com/hosts",
            "Where hosts are posted to; must be set for the sink http.",
            Addresses::webhook);

    static final Key<String> HTTP_TOKEN = Key.optional(
            "sink.http.token",
            "",
            "The bearer token to send; better in the environment variable SINK_HTTP_TOKEN than here.",
            Parser.secret());

    static final Key<Path> HTTP_TOKEN_FILE = Key.optional(
            "sink.http.token-file",
            "/run/secrets/inventory-token",
            "A file that holds the bearer token; it is read again when it changes.",
            Parser.path());

    static final Key<Integer> HTTP_BATCH = Key.withDefault(
            "sink.http.batch",
            "1",
            "How many hosts a request has, 1 to 500; above 1 it is a CloudEvents batch.",
            Parser.whole(1, 500));

    static final Key<Duration> HTTP_TIMEOUT =
            Key.withDefault("sink.http.timeout", "15s", "How long a request may take, all in all.", Parser.timeout());

    static final Key<String> SQL_URL = Key.required(
            "sink.sql.url",
            Key.Need.WHEN_CHOSEN,
            "jdbc:postgresql://db.example.com/inventory?sslmode=verify-full",
            "The database, as a JDBC address without the password; must be set for the sink sql.",
            Addresses::database);

    static final Key<String> SQL_USERNAME =
            Key.optional("sink.sql.username", "discovery", "The user to log in to the database with.", Parser.text());

    static final Key<String> SQL_PASSWORD = Key.optional(
            "sink.sql.password",
            "",
            "The user's password; better in the environment variable SINK_SQL_PASSWORD than here.",
            Parser.secret());

    static final Key<Path> SQL_PASSWORD_FILE = Key.optional(
            "sink.sql.password-file",
            "/run/secrets/inventory-password",
            "A file that holds the user's password; it is read again when it changes.",
            Parser.path());

    static final Key<String> SQL_TABLE = Key.withDefault(
            "sink.sql.table",
            "hosts",
            "The table that has a row for each host, made by config/examples/hosts.sql.",
            SinkKeys::table);

    static final Key<String> SYSLOG_ADDRESS = Key.required(
            "sink.syslog.address",
            Key.Need.WHEN_CHOSEN,
            "siem.example.com:6514",
            "Where the syslog server is, host:port; must be set for the sink syslog.",
            Addresses::server);

    static final Key<Boolean> SYSLOG_UDP = Key.withDefault(
            "sink.syslog.protocol",
            "tcp",
            "How it is sent: tcp, or udp, which loses lines without a word.",
            Parser.either("udp", true, "tcp", false));

    static final Key<Boolean> SYSLOG_TLS = Key.withDefault(
            "sink.syslog.tls",
            "false",
            "Whether the connection is encrypted; the certificate must be for the host of the address.",
            Parser.trueOrFalse());

    static final Key<Path> SYSLOG_CA_FILE = Key.optional(
            "sink.syslog.ca-file",
            "/etc/proxmox-discovery/siem-ca.pem",
            "The certificate authorities to trust, a PEM file; without it, those of the system.",
            Parser.path());

    static final Key<Integer> SYSLOG_FACILITY = Key.withDefault(
            "sink.syslog.facility",
            "daemon",
            "The facility of the lines: user, daemon, auth, authpriv, or local0 to local7.",
            SinkKeys::facility);

    static final Key<String> URI = Key.optional(
            "sink.<name>.uri",
            "paho-mqtt5:proxmox/hosts?brokerUrl=tcp://mqtt.example.com:1883",
            "A sink of your own, any Camel endpoint, which gets one message a host; name the sink in discovery.sinks.",
            Addresses::endpoint);

    static final Key<Emit> EMIT = Key.withDefault(
            "sink.<name>.emit",
            "all",
            "What the sink is given: all, every host with each run; or changes, what is new, different or gone.",
            Parser.either("all", Emit.ALL, "changes", Emit.CHANGES));

    static final Key<Boolean> EXCLUDED = Key.withDefault(
            "sink.<name>.excluded",
            "event",
            "What a sink with emit=changes is told of a host that the filters leave out from now on: event or nothing.",
            Parser.either("event", true, "nothing", false));

    static final List<Key<?>> ALL = List.of(
            FILE_DIRECTORY,
            FILE_KEEP,
            KAFKA_BROKERS,
            KAFKA_TOPIC,
            HTTP_URL,
            HTTP_TOKEN,
            HTTP_TOKEN_FILE,
            HTTP_BATCH,
            HTTP_TIMEOUT,
            SQL_URL,
            SQL_USERNAME,
            SQL_PASSWORD,
            SQL_PASSWORD_FILE,
            SQL_TABLE,
            SYSLOG_ADDRESS,
            SYSLOG_UDP,
            SYSLOG_TLS,
            SYSLOG_CA_FILE,
            SYSLOG_FACILITY,
            URI,
            EMIT,
            EXCLUDED);

    /** The keys that every sink has, ours as well as those of users. */
    static final List<Key<?>> OF_EVERY_SINK = List.of(EMIT, EXCLUDED);

    /** The sinks that have a route file and keys from us. */
    static final List<String> OURS = List.of("file", "kafka", "http", "jms", "amqp", "sql", "syslog");

    private SinkKeys() {}

    private static int facility(String text) throws WrongValueException {
        Map<String, Integer> others = Map.of("user", 1, "daemon", 3, "auth", 4, "authpriv", 10);
        if (text.matches("local[0-7]")) {
            return 16 + text.charAt("local".length()) - '0';
        }
        Integer number = others.get(text);
        if (number == null) {
            throw new WrongValueException("is none of user, daemon, auth, authpriv, local0 to local7");
        }
        return number;
    }

    private static String table(String text) throws WrongValueException {
        if (!text.matches("([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*")) {
            throw new WrongValueException(
                    "is not a table: letters, digits and underscores, perhaps behind a schema" + " and a dot");
        }
        return text;
    }

    private static String topic(String text) throws WrongValueException {
        if (!text.matches("[A-Za-z0-9._-]{1,249}") || text.matches("\\.{1,2}")) {
            throw new WrongValueException("is not a topic: letters, digits, dots, underscores and hyphens");
        }
        return text;
    }
}
