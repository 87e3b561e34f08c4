package io.github.proxmoxdiscovery.reload;

import static io.github.proxmoxdiscovery.routefile.RoutesState.FileState;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.delivery.Lab;
import io.github.proxmoxdiscovery.delivery.Output;
import io.github.proxmoxdiscovery.delivery.RouteFolder;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.routefile.RoutesState.State;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files are edited while the service runs: what is right takes effect between two runs, what is wrong never does. */
class LiveEditingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HOST = "transform/transform-host.camel.yaml";
    private static final String ENRICH = "3-enrich.camel.yaml";
    private static final String MARSHAL = "        - marshal:\n";
    private static final String ASK = "- to: direct:ask-agent";

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;
    private RouteFolder routes;
    private String host;
    private Service service;
    private int runs;

    @BeforeEach
    void start() throws IOException {
        SimulatedCluster.Builder builder = Discovery.cluster();
        IntStream.rangeClosed(101, 106)
                .forEach(vmid -> builder.guest(SimulatedGuest.qemu(vmid, "vm-" + vmid)
                        .config("net0", "virtio=BC:24:11:00:00:%02X,bridge=vmbr0".formatted(vmid))));
        cluster = builder.start();
        try (Lab lab = Lab.of(folder, 1)) {
            routes = lab.routes();
        }
        host = Files.readString(file(HOST));
        service = Service.start(Discovery.of(folder, cluster), routes.path());
    }

    @AfterEach
    void stop() {
        service.close();
        cluster.close();
    }

    private Path file(String name) {
        return routes.path().resolve(name);
    }

    /** The file that puts this site into each host. */
    private String withSite(String site) {
        return host.replace(MARSHAL, """
                        - script:
                            simple: "${body.put('site', '%s')}"
                """.formatted(site) + MARSHAL);
    }

    private void look() {
        service.lookAtRoutes();
    }

    /** The sites that the hosts of the next run have. */
    private Set<String> sitesOfARun() throws IOException {
        service.pollNow();
        return sitesOfTheRunThatGoesOn();
    }

    private Set<String> sitesOfTheRunThatGoesOn() throws IOException {
        service.awaitRuns("lab", ++runs);
        service.awaitIdle("lab");
        List<String> lines = new Output(folder).latest("lab");
        assertThat(lines).hasSize(6);
        return lines.stream()
                .map(line -> Output.json(line).path("site").asText("none"))
                .collect(Collectors.toSet());
    }

    private static Set<String> sitesIn(Path run) {
        try (Stream<String> lines = Files.lines(run)) {
            return lines.map(line -> Output.json(line).path("site").asText("none"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void isRefused(String... lines) {
        assertThat(service.routes().state()).isEqualTo(State.REFUSED);
        assertThat(service.routes().problems()).extracting(RouteProblem::toLine).containsExactly(lines);
    }

    private void hasState(String path, FileState state) {
        assertThat(service.routes().files())
                .filteredOn(file -> file.path().equals(path))
                .extracting(RoutesState.File::state)
                .containsExactly(state);
    }

    /** One mistake: a name, the file, what is replaced by what, and what is said of it. */
    private record Mistake(String name, String file, String old, String by, String told) {}

    private static List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        "no YAML",
                        ENRICH,
                        "direct:enrich\n      steps:",
                        "direct:enrich\n     steps: ]",
                        ENRICH + ":9: this is no YAML: while parsing a block mapping, expected <block end>, but found"
                                + " '<block mapping start>'. Look at this line and the one above it"),
                new Mistake(
                        "a step that is none",
                        ENRICH,
                        "- filter:",
                        "- fliter:",
                        ENRICH + ":20: there is no step fliter. Did you mean filter?"),
                new Mistake(
                        "a key that is none",
                        ENRICH,
                        "uri: direct:enrich",
                        "url: direct:enrich",
                        ENRICH + ":8: there is no url in from. Did you mean uri?"),
                new Mistake(
                        "a component that is not there",
                        ENRICH,
                        ASK,
                        "- to: carrier-pigeon:agent",
                        ENRICH
                                + ":23: there is no component carrier-pigeon. Its jar in lib/ext, which proxmox-discovery add"
                                + " camel-carrier-pigeon brings"),
                new Mistake(
                        "a bean that is none",
                        ENRICH,
                        "ref: guests, method: notAsked",
                        "ref: gusets, method: x",
                        ENRICH + ":19: there is no bean gusets. Did you mean guests?"),
                new Mistake(
                        "a method that is none",
                        ENRICH,
                        "method: notAsked",
                        "method: notAksed",
                        ENRICH + ":19: the bean guests has no method notAksed. Did you mean notAsked?"),
                new Mistake(
                        "a setting without a value",
                        ENRICH,
                        ASK,
                        "- to: \"log:{{my.name}}\"",
                        ENRICH
                                + ":23: the setting my.name has no value. Set my.name and restart, or write"
                                + " {{my.name:a default}}"),
                new Mistake(
                        "nobody listens",
                        ENRICH,
                        ASK,
                        "- to: direct:ask-agnet",
                        ENRICH + ":23: no route listens on direct:ask-agnet. Did you mean direct:ask-agent?"),
                new Mistake(
                        "an error handling that is none",
                        ENRICH,
                        "Id: guest-error",
                        "Id: gest-error",
                        ENRICH
                                + ":6: there is no routeConfiguration gest-error: errors would go unhandled. Did you mean"
                                + " guest-error?"),
                new Mistake(
                        "an id that is taken",
                        ENRICH,
                        "id: enrich",
                        "id: transform",
                        "4-transform.camel.yaml:2:"
                                + " there are two routes with the id transform. Another id; see 3-enrich.camel.yaml:4"),
                new Mistake(
                        "an option that is none",
                        "deliver/deliver-to.camel.yaml",
                        "pollTimeout:",
                        "polTimeout:",
                        "deliver/deliver-to.camel.yaml:12: the component seda has no option polTimeout. Did you mean"
                                + " pollTimeout?"),
                new Mistake(
                        "a sink that listens elsewhere",
                        "sinks/file.camel.yaml",
                        "uri: direct:sink-file\n",
                        "uri: direct:sink-flie\n",
                        "sinks/file.camel.yaml: discovery.sinks names file, but no route listens on direct:sink-file."
                                + " Look at the from in sinks/file.camel.yaml"));
    }

    @Test
    void aMistakeIsRefusedWithItsFileAndLineAndTheVersionInEffectGoesOn() throws IOException {
        routes.put(HOST, withSite("first"));
        look();
        for (Mistake mistake : mistakes()) {
            String right = Files.readString(file(mistake.file()));
            routes.replace(mistake.file(), mistake.old(), mistake.by());
            look();
            assertThat(service.routes().problems())
                    .as(mistake.name())
                    .extracting(RouteProblem::toLine)
                    .containsExactly(mistake.told());
            assertThat(service.routes().version()).isEqualTo(2);
            routes.put(mistake.file(), right);
            look();
            assertThat(service.routes().state()).as(mistake.name()).isEqualTo(State.OK);
        }
        assertThat(sitesOfARun()).containsExactly("first");
    }

    @Test
    void allMistakesAreToldAtOnceAndNothingOfTheEditIsTaken() throws IOException {
        routes.replace(ENRICH, "- filter:", "- fliter:");
        routes.replace("4-transform.camel.yaml", "ref: guestToHosts", "ref: guestToHost");
        routes.put(HOST, withSite("never"));
        look();
        isRefused(
                ENRICH + ":20: there is no step fliter. Did you mean filter?",
                "4-transform.camel.yaml:8: there is no bean guestToHost. Did you mean guestToHosts?");
        hasState(ENRICH, FileState.REFUSED);
        hasState(HOST, FileState.CHANGED);
        hasState("2-list.camel.yaml", FileState.LOADED);
        assertThat(sitesOfARun()).containsExactly("none");
    }

    @Test
    void aFileThatOthersUseCannotGo() throws IOException {
        Files.delete(file("enrich/ask-agent.camel.yaml"));
        look();
        isRefused(ENRICH + ":23: no route listens on direct:ask-agent. A route with from: direct:ask-agent, or not to"
                + " hand on to it");
        assertThat(sitesOfARun()).containsExactly("none");
    }

    @Test
    void anEditInTheMiddleOfARunTakesEffectWithTheNextOne() throws Exception {
        Gate gate = cluster.gate("/qemu/104/config");
        service.pollNow();
        gate.awaitHeld(1, PATIENCE);
        routes.put(HOST, withSite("new"));
        look();
        assertThat(service.routes().state()).isEqualTo(State.WAITING);
        hasState(HOST, FileState.CHANGED);
        gate.open();
        assertThat(sitesOfTheRunThatGoesOn()).containsExactly("none");
        assertThat(sitesOfARun()).containsExactly("new");
        assertThat(service.routes().version()).isEqualTo(2);
        hasState(HOST, FileState.LOADED);
    }

    @Test
    void aRunThatIsDueWhileAnEditWaitsBeginsWithTheNewVersion() throws Exception {
        Gate gate = cluster.gate("/qemu/104/config");
        service.pollNow();
        gate.awaitHeld(1, PATIENCE);
        // The routes that begin runs are replaced as well, while a run waits in them.
        routes.replace("poll/poll-now.camel.yaml", "at once.", "at once, anew.");
        routes.put(HOST, withSite("new"));
        look();
        service.pollNow();
        gate.open();
        service.awaitRuns("lab", 2);
        assertThat(new Output(folder).runs("lab"))
                .extracting(LiveEditingTest::sitesIn)
                .containsExactlyInAnyOrder(Set.of("none"), Set.of("new"));
        assertThat(service.missed("lab")).isZero();
    }

    @Test
    void everyKindOfFileCanBeReplaced() throws IOException {
        try (Stream<Path> all = Files.walk(routes.path())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, Files.readString(file) + "# edited\n");
            }
        }
        routes.put(HOST, withSite("new"));
        look();
        assertThat(service.routes().state()).as("%s", service.routes()).isEqualTo(State.OK);
        assertThat(service.routes().version()).isEqualTo(2);
        assertThat(sitesOfARun()).containsExactly("new");
        routes.replace(
                "0-errors.camel.yaml",
                "redeliveryDelay: \"500\"\n            useExponentialBackOff: \"true\"\n"
                        + "            backOffMultiplier: \"2\"\n            maximumRedeliveryDelay: \"10000\"\n"
                        + "            useCollisionAvoidance: \"true\"\n            allowRedeliveryWhileStopping: \"false\"\n"
                        + "          handled: {constant: \"true\"}\n          steps:\n"
                        + "            - bean: {ref: deliveries, method: notTaken}",
                "redeliveryDelay: \"400\"\n"
                        + "          handled: {constant: \"true\"}\n          steps:\n"
                        + "            - bean: {ref: deliveries, method: notTaken}");
        look();
        assertThat(service.routes().version()).isEqualTo(3);
        assertThat(sitesOfARun()).containsExactly("new");
        routes.replace("deliver/deliver-to.camel.yaml", "pollTimeout: \"50\"", "pollTimeout: \"40\"");
        look();
        assertThat(service.routes().version()).isEqualTo(4);
        assertThat(sitesOfARun()).containsExactly("new");
    }

    @Test
    void whatCannotBeStartedIsPutBack() throws IOException {
        routes.put(HOST, withSite("never"));
        routes.replace("1-poll.camel.yaml", "cron: \"{{discovery.schedule}}\"", "cron: now and then");
        look();
        assertThat(service.routes().state()).isEqualTo(State.REFUSED);
        assertThat(service.routes().problems()).hasSize(1);
        assertThat(service.routes().version()).isEqualTo(1);
        assertThat(sitesOfARun()).containsExactly("none");
    }

    @Test
    void aFileThatIsWrittenInPiecesOrReplacedIsTakenWhenItIsWhole() throws IOException {
        String whole = withSite("whole");
        // As some editors do it: empty, then a part, then all.
        Files.writeString(file(HOST), "");
        Files.writeString(file(HOST), whole.substring(0, whole.length() / 2));
        Files.writeString(file(".#transform-host.camel.yaml"), "no route");
        Files.writeString(file(HOST), whole);
        service.awaitVersion(2);
        assertThat(sitesOfARun()).containsExactly("whole");
        Path beside = file(HOST + "~");
        Files.writeString(beside, withSite("moved"));
        Files.move(beside, file(HOST), StandardCopyOption.ATOMIC_MOVE);
        service.awaitVersion(3);
        assertThat(sitesOfARun()).containsExactly("moved");
        Files.createDirectory(file("mine"));
        routes.put(
                "mine/extra.camel.yaml",
                "- route:\n    id: extra\n    from:\n      uri: direct:extra\n"
                        + "      steps:\n        - log: extra\n");
        service.awaitVersion(4);
        assertThat(service.routes().refusals()).isZero();
    }

    @Test
    void aSinkThatFailsHoldsNoEditBackAndGetsWhatItLacks() throws Exception {
        service.close();
        Path mine = folder.resolve("mine");
        routes.put("sinks/mine.camel.yaml", """
                - route:
                    id: sink-mine
                    routeConfigurationId: as-the-caller-says
                    from:
                      uri: direct:sink-mine
                      steps:
                        - throwException:
                            exceptionType: java.lang.IllegalArgumentException
                            message: we do not like it
                """);
        service = Service.start(
                Discovery.of(folder, cluster)
                        .with("discovery.sinks", "file,mine")
                        .with("discovery.delivery-timeout", "10m"),
                routes.path());
        service.pollNow();
        service.awaitRuns("lab", ++runs);
        routes.replace("sinks/mine.camel.yaml", """
                        - throwException:
                            exceptionType: java.lang.IllegalArgumentException
                            message: we do not like it
                """, """
                        - split:
                            simple: "${body}"
                            steps:
                              - to: "file:%s?fileName=${header.ce_id}"
                """.formatted(mine));
        look();
        service.awaitVersion(2);
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(mine) && files(mine) == 6);
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void twoHundredEditsGoodAndBadInAndBetweenRunsAndNoMessageIsOfTwoVersions() throws Exception {
        Random random = new Random(42);
        String inEffect = "none";
        int inRuns = 0;
        List<Mistake> mistakes = mistakes();
        for (int edits = 0; edits < 200; ) {
            Gate gate = cluster.gate("/qemu/10" + (1 + random.nextInt(6)) + "/config");
            service.pollNow();
            gate.awaitHeld(1, PATIENCE);
            String waiting = inEffect;
            for (int i = 0; i < 16; i++, edits++, inRuns++) {
                // Some edits are overtaken by the next one before they are seen.
                waiting = edit(random, mistakes, edits, inEffect, waiting, i == 15 || random.nextInt(4) == 0);
            }
            gate.open();
            assertThat(sitesOfTheRunThatGoesOn()).containsExactly(inEffect);
            inEffect = waiting;
            for (int i = 0; i < 4; i++, edits++) {
                inEffect = edit(random, mistakes, edits, inEffect, inEffect, i == 3);
            }
        }
        assertThat(inRuns).isGreaterThanOrEqualTo(100);
        assertThat(sitesOfARun()).containsExactly(inEffect);
    }

    /** @return which site hosts have when the edit has taken effect, or was refused */
    private String edit(
            Random random, List<Mistake> mistakes, int number, String inEffect, String waiting, boolean seen)
            throws IOException {
        for (Mistake mistake : mistakes) {
            routes.put(mistake.file(), Files.readString(Path.of("routes", mistake.file())));
        }
        if (random.nextInt(3) > 0) {
            routes.put(HOST, withSite("site-" + number));
            if (seen) {
                look();
            }
            return seen ? "site-" + number : waiting;
        }
        Mistake mistake = mistakes.get(random.nextInt(mistakes.size()));
        routes.put(HOST, withSite("bad-" + number));
        routes.replace(mistake.file(), mistake.old(), mistake.by());
        if (!seen) {
            return waiting;
        }
        look();
        assertThat(service.routes().state()).isEqualTo(State.REFUSED);
        return inEffect;
    }
}
