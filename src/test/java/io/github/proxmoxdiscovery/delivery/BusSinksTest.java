package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.Tool;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sinks jms and amqp with a real broker. What came is read by clients that are not Camel's. */
class BusSinksTest {

    private static final String QUEUE = "proxmox.hosts";

    @TempDir
    private Path folder;

    private Artemis broker = Artemis.start();

    @AfterEach
    void stop() {
        broker.close();
    }

    /** A sink, and how its messages are read. */
    enum Bus {
        JMS("jms", "tcp"),
        AMQP("amqp", "amqp");

        private final String sink;
        private final String scheme;

        Bus(String sink, String scheme) {
            this.sink = sink;
            this.scheme = scheme;
        }

        Program program(Lab lab, Artemis broker) {
            return lab.program(sink)
                    .with("sink." + sink + ".url", broker.url(scheme))
                    .with("sink." + sink + ".username", Artemis.USER)
                    .with("discovery.delivery-timeout", "20s");
        }

        Program loggedIn(Lab lab, Artemis broker) {
            return program(lab, broker).env("SINK_" + name() + "_PASSWORD", Artemis.PASSWORD);
        }

        List<BusMessage> taken(Artemis broker, String queue, int number) {
            return this == JMS
                    ? BusMessage.takenByJms(broker, queue, number)
                    : BusMessage.takenByAmqp(broker, queue, number);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachHostIsOneMessageThatIsKeptWithItsIdAsTheGroupAndItsEventAsProperties(Bus bus) {
        try (Lab lab = Lab.of(folder, 3)) {
            Program.Result result = bus.loggedIn(lab, broker).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            List<BusMessage> messages = bus.taken(broker, QUEUE, 3);
            assertThat(messages).extracting(BusMessage::group).containsExactlyInAnyOrderElementsOf(lab.ids());
            assertThat(messages).allSatisfy(message -> {
                assertThat(message.persistent()).isTrue();
                assertThat(message.event().get("subject")).isEqualTo(message.group());
                assertThat(message.event().get("type")).isEqualTo("io.github.proxmoxdiscovery.host.observed.v1");
                assertThat(message.event().data().path("id").asText()).isEqualTo(message.group());
                assertThat(message.properties().toString()).doesNotContain(Artemis.PASSWORD, Lab.secret());
                assertThat(message.properties().keySet())
                        .allMatch(name -> name.matches("cloudEvents_[a-z]+|JMSX\\w+|content-type"));
            });
            String content = bus == Bus.JMS ? "cloudEvents_datacontenttype" : "content-type";
            assertThat(messages.get(0).properties()).containsEntry(content, "application/json");
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesComeInTheirOrderAndAHostThatIsGoneAsItLastWas(Bus bus) {
        try (Lab lab = Lab.of(folder, 3)) {
            Program program = bus.loggedIn(lab, broker)
                    .with("sink." + bus.sink + ".emit", "changes")
                    .with("sink." + bus.sink + ".destination", "queue:/queues/changes")
                    .with("discovery.removal.after", "1");
            program.run("once");
            for (String name : List.of("a", "b")) {
                lab.cluster().change(102, guest -> guest.config("name", name));
                program.run("once");
            }
            lab.cluster().remove(101);
            Program.Result last = program.run("once");
            assertThat(last.exitCode()).as(last.err()).isZero();
            List<BusMessage> messages = bus.taken(broker, "/queues/changes", 6);
            assertThat(messages.stream().map(BusMessage::event).map(HostEvent::toString))
                    .containsExactly(
                            "discovered 101 1.1",
                            "discovered 102 1.1",
                            "discovered 103 1.1",
                            "updated 102 1.2",
                            "updated 102 1.3",
                            "removed 101 1.2");
            assertThat(messages.get(4).event().get("changed")).contains("hostname");
            HostEvent gone = messages.get(5).event();
            assertThat(gone.get("reason")).isEqualTo("guest_gone");
            assertThat(gone.data().path("hostname").asText()).isEqualTo("vm-101");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatABrokerThatIsDownDidNotGetItGetsWhenItIsBack(Bus bus) {
        try (Lab lab = Lab.of(folder, 3)) {
            Program program = bus.loggedIn(lab, broker).with("sink." + bus.sink + ".emit", "changes");
            program.run("once");
            bus.taken(broker, QUEUE, 3);
            broker.stop();
            lab.cluster().change(102, guest -> guest.config("name", "renamed"));
            Program.Result down =
                    program.with("discovery.delivery-timeout", "1s").run("once");
            assertThat(down.exitCode()).as(down.err()).isEqualTo(5);
            assertThat(down.err()).contains("Last: SINK_UNREACHABLE ");
            assertThat(lab.output().lackingIds(bus.sink)).containsExactly("lab/qemu/102/net0");
            broker = broker.startedAgain();
            Program.Result up =
                    program.with("discovery.delivery-timeout", "20s").run("once");
            assertThat(up.exitCode()).as(up.err()).isZero();
            assertThat(bus.taken(broker, QUEUE, 1).get(0).event()).hasToString("updated 102 1.2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProgramThatRunsConnectsAnewAfterTheBrokerWasStartedAnew(Bus bus) throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster()
                        .guest(SimulatedGuest.qemu(101, "a").config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0"))
                        .start();
                Service service = Service.start(Discovery.of(folder, cluster)
                        .with("discovery.sinks", bus.sink)
                        .with("sink." + bus.sink + ".url", broker.url(bus.scheme))
                        .with("sink." + bus.sink + ".username", Artemis.USER)
                        .with(
                                "sink." + bus.sink + ".password-file",
                                Files.writeString(folder.resolve("password"), Artemis.PASSWORD)
                                        .toString()))) {
            service.pollNow();
            assertThat(bus.taken(broker, QUEUE, 1)).hasSize(1);
            service.awaitIdle("lab");
            broker.stop();
            broker = broker.startedAgain();
            service.pollNow();
            assertThat(bus.taken(broker, QUEUE, 1)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordPausesTheSinkAndIsNotShown(Bus bus) {
        try (Lab lab = Lab.of(folder, 2)) {
            Program program = bus.program(lab, broker).env("SINK_" + bus.name() + "_PASSWORD", "not-this-password");
            Program.Result result = program.run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(result.err())
                    .contains("sink " + bus.sink + " took 0 hosts, and lacks 2", "Last: SINK_PAUSED ")
                    .doesNotContain("not-this-password");
            Program.Result check = program.run("check");
            assertThat(check.exitCode()).isEqualTo(5);
            assertThat(check.out().replaceAll("\\s+", " "))
                    .contains("fail " + bus.sink + " broker " + broker.url(bus.scheme) + " refuses the login: ");
            assertThat(check.out() + check.err()).doesNotContain("not-this-password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDestinationThatTheBrokerDoesNotHaveIsNamed(Bus bus) {
        try (Lab lab = Lab.of(folder, 2)) {
            Program.Result result = bus.loggedIn(lab, broker)
                    .with("sink." + bus.sink + ".destination", "queue:closed.hosts")
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            // The broker's own JMS client does not say it in a way that could be told from other failures.
            String reason = bus == Bus.AMQP ? "SINK_PAUSED" : "SINK_UNREACHABLE";
            assertThat(result.err()).contains("Last: " + reason + " ", "closed.hosts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void checkLogsInAndSendsNothing(Bus bus) {
        try (Lab lab = Lab.of(folder, 1)) {
            Program program = bus.loggedIn(lab, broker);
            Program.Result there = program.run("check");
            assertThat(there.out().replaceAll("\\s+", " "))
                    .contains("ok " + bus.sink + " broker " + broker.url(bus.scheme)
                            + " is reached, and discovery is let in; nothing is sent");
            assertThat(broker.addresses()).doesNotContain(QUEUE);
            broker.stop();
            assertThat(program.run("check").out().replaceAll("\\s+", " "))
                    .contains("fail " + bus.sink + " broker " + broker.url(bus.scheme) + " is not reached: ");
        }
    }

    @Test
    void fiveHundredHostsComeOverOneConnection() {
        try (Lab lab = Lab.of(folder, 500)) {
            Program.Result result = Bus.AMQP.loggedIn(lab, broker).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(Bus.AMQP.taken(broker, QUEUE, 500)).hasSize(500);
        }
    }

    @Test
    void aSubscriberByMqttSeesWhatTheJmsTopicGets() throws IOException {
        Path subscriber = Tool.find("mosquitto_sub");
        try (Lab lab = Lab.of(folder, 2)) {
            Process process = new ProcessBuilder(
                            subscriber.toString(),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            String.valueOf(broker.port()),
                            "-u",
                            Artemis.USER,
                            "-P",
                            Artemis.PASSWORD,
                            "-t",
                            "proxmox/hosts",
                            "-q",
                            "1",
                            "-C",
                            "2")
                    .start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> broker.addresses().contains(QUEUE));
                Program.Result result = Bus.JMS
                        .loggedIn(lab, broker)
                        .with("sink.jms.destination", "topic:" + QUEUE)
                        .run("once");
                assertThat(result.exitCode()).as(result.err()).isZero();
                List<String> ids = new ArrayList<>();
                Stream.generate(() -> line(lines)).limit(2).forEach(ids::add);
                assertThat(ids).containsExactlyInAnyOrderElementsOf(lab.ids());
            } finally {
                process.destroy();
            }
        }
    }

    private static String line(BufferedReader lines) {
        try {
            return Output.json(lines.readLine()).path("id").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClientThatIsNotThereIsSaidWithTheLineThatFetchesIt() {
        try (Lab lab = Lab.of(folder, 1)) {
            Program.Result result = Bus.JMS
                    .loggedIn(lab, broker)
                    .with("sink.jms.client", "org.example.NoSuchFactory")
                    .run("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains(
                            "sink.jms.client: there is no class org.example.NoSuchFactory", "add org.apache.activemq:");
        }
    }

    @Test
    void aComponentThatIsNotThereIsSaidWithTheLineThatFetchesIt() {
        try (Lab lab = Lab.of(folder, 1)) {
            RouteFolder routes = lab.routes().put("sinks/queue.camel.yaml", """
                    - route:
                        id: sink-queue
                        from:
                          uri: direct:sink-queue
                          steps:
                            - to: "sjms2:hosts"
                    """);
            Program.Result result = lab.program("queue,mqtt")
                    .option("--routes", routes.path().toString())
                    .env("SINK_MQTT_URI", "paho-mqtt5:proxmox/hosts?password=secret-of-mqtt")
                    .run("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains(
                            "queue.camel.yaml: the component camel-sjms2 is not there; fetch it with:"
                                    + " bin/proxmox-discovery add camel-sjms2",
                            "sink.mqtt.uri: the component camel-paho-mqtt5 is not there")
                    .doesNotContain("secret-of-mqtt", "NoSuchEndpoint");
        }
    }
}
