package io.github.proxmoxdiscovery.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.proxmoxdiscovery.cli.ProxmoxDiscovery;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the Java of the program is built: who may know whom, and how long a thing may be. */
class ArchitectureTest {

    private static final String BASE = "io.github.proxmoxdiscovery";
    private static final String MAIN = "src/main/java/" + BASE.replace('.', '/');
    private static final int LONGEST_METHOD = 25;

    private static JavaClasses program;
    private static SourceCode source;

    @BeforeAll
    static void read() {
        program = new ClassFileImporter()
                .importUrl(ProxmoxDiscovery.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
        source = SourceCode.of(ProjectFiles.files(MAIN, ".java"));
    }

    @Test
    void eachPackageKnowsOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(BASE + "..")
                .layer("cli")
                .definedBy(BASE + ".cli..")
                .layer("kamelet")
                .definedBy(BASE + ".kamelet..")
                .layer("route")
                .definedBy(BASE + ".route..")
                .layer("check")
                .definedBy(BASE + ".check..")
                .layer("client")
                .definedBy(BASE + ".client..")
                .layer("export")
                .definedBy(BASE + ".export..")
                .layer("settings")
                .definedBy(BASE + ".settings..")
                .layer("routefile")
                .definedBy(BASE + ".routefile..")
                .layer("run")
                .definedBy(BASE + ".run..")
                .layer("sink")
                .definedBy(BASE + ".sink..")
                .layer("ledger")
                .definedBy(BASE + ".ledger..")
                .layer("memory")
                .definedBy(BASE + ".memory..")
                .layer("log")
                .definedBy(BASE + ".log..")
                .layer("metrics")
                .definedBy(BASE + ".metrics..")
                .layer("pve")
                .definedBy(BASE + ".pve..")
                .layer("host")
                .definedBy(BASE + ".host..")
                .layer("bus")
                .definedBy(BASE + ".bus..")
                .layer("library")
                .definedBy(BASE + ".library..")
                .layer("time")
                .definedBy(BASE + ".time..")
                .layer("sim")
                .definedBy(BASE + ".sim..")
                .whereLayer("cli")
                .mayOnlyAccessLayers("route", "routefile", "check", "settings", "ledger", "sim", "library", "time")
                .whereLayer("kamelet")
                .mayOnlyAccessLayers("route", "routefile", "settings", "ledger", "time")
                .whereLayer("route")
                .mayOnlyAccessLayers(
                        "bus",
                        "check",
                        "client",
                        "settings",
                        "routefile",
                        "export",
                        "run",
                        "sink",
                        "ledger",
                        "memory",
                        "library",
                        "metrics",
                        "pve",
                        "host",
                        "time")
                .whereLayer("check")
                .mayOnlyAccessLayers("client", "settings", "pve", "host")
                .whereLayer("client")
                .mayOnlyAccessLayers("settings", "time")
                .whereLayer("routefile")
                .mayOnlyAccessLayers("settings", "library")
                .whereLayer("run")
                .mayOnlyAccessLayers("pve", "host", "time")
                .whereLayer("ledger")
                .mayOnlyAccessLayers("time")
                .whereLayer("export")
                .mayOnlyAccessLayers("ledger", "host")
                .whereLayer("memory")
                .mayOnlyAccessLayers("pve", "host", "time")
                .whereLayer("bus")
                .mayOnlyAccessLayers("settings")
                .whereLayer("library")
                .mayOnlyAccessLayers("settings")
                .whereLayer("log")
                .mayNotAccessAnyLayer()
                .whereLayer("metrics")
                .mayOnlyAccessLayers("client", "run", "ledger", "host")
                .whereLayer("time")
                .mayNotAccessAnyLayer()
                .whereLayer("pve")
                .mayOnlyAccessLayers("host")
                .whereLayer("sink")
                .mayOnlyAccessLayers("host")
                .whereLayer("settings")
                .mayNotAccessAnyLayer()
                .whereLayer("host")
                .mayNotAccessAnyLayer()
                .whereLayer("sim")
                .mayNotAccessAnyLayer()
                .check(program);
    }

    @Test
    void noPackageKnowsItselfByWayOfAnother() {
        slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(program);
    }

    @Test
    void onlyRouteAndKameletKnowCamelAndTheCommandLineNoMoreThanItsContext() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".route..", BASE + ".kamelet..", BASE + ".cli..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.camel.."))
                .check(program);
        noClasses()
                .that()
                .resideInAPackage(BASE + ".cli..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.camel..").and(not(type(CamelContext.class))))
                .check(program);
    }

    @Test
    void onlyTheClientAndItsGlueKnowTheHttpLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BASE + ".client..", BASE + ".route..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.hc.."))
                .check(program);
    }

    /** So that none of it is loaded, and no start is slowed, where nobody wants to measure. */
    @Test
    void onlyMetricsKnowsWhatMeasures() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".metrics..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.micrometer..").and(not(type(MeterRegistry.class))))
                .check(program);
    }

    @Test
    void atLeastSevenLinesInTenKnowNoCamel() {
        long all = lines("");
        long withCamel = lines("/route") + lines("/kamelet");
        long counted = all - lines("/sim");
        assertThat((counted - withCamel) * 100 / counted)
                .as("%% of %d lines outside sim that are in packages without Camel", counted)
                .isGreaterThanOrEqualTo(70);
    }

    private static long lines(String folder) {
        return ProjectFiles.files(MAIN + folder, ".java").stream()
                .mapToLong(file -> ProjectFiles.text(file).lines().count())
                .sum();
    }

    @Test
    void everythingIsLoggedBySlf4j() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("java.util.logging.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage("org.apache.commons.logging.."))
                .check(program);
    }

    /** It is chosen by name, and only for JSON. */
    @Test
    void onlyTheLogItselfKnowsLogback() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".log..")
                .should()
                .dependOnClassesThat(resideInAPackage("ch.qos.logback.."))
                .check(program);
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminalAndEndsTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BASE + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(target(nameMatching("exit|halt"))
                        .and(target(owner(nameMatching("java\\.lang\\.(System|Runtime)")))))
                .check(program);
    }

    @Test
    void noClassIsNamedAfterNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)")
                .check(program);
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        // The guests of the demo are a list, long but flat.
        assertThat(source.methods.stream()
                        .filter(method -> !method.where().startsWith("sim/Demo"))
                        .filter(method -> method.lines() > LONGEST_METHOD))
                .as("methods of more than %d lines", LONGEST_METHOD)
                .isEmpty();
    }

    @Test
    void halfOfTheMethodsHaveSixLinesOrFewer() {
        List<Integer> lines =
                source.methods.stream().map(SourceCode.Method::lines).sorted().toList();
        assertThat(lines.get(lines.size() / 2))
                .as("median of %d methods", lines.size())
                .isLessThanOrEqualTo(6);
    }

    @Test
    void everyPublicTypeSaysWhatItIs() {
        assertThat(source.types.stream().filter(type -> type.isPublic() && !type.hasDoc()))
                .as("public types without Javadoc")
                .isEmpty();
    }

    static List<String> packages() {
        return List.of(
                "bus",
                "check",
                "cli",
                "client",
                "export",
                "host",
                "kamelet",
                "ledger",
                "library",
                "log",
                "memory",
                "metrics",
                "pve",
                "route",
                "routefile",
                "run",
                "settings",
                "sim",
                "sink",
                "time");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageSaysWhatItIsAndKnowsNoNullUnlessItIsMarked(String name) {
        Path file = ProjectFiles.path(MAIN + "/" + name + "/package-info.java");
        assertThat(ProjectFiles.text(file)).startsWith("/**").contains("@NullMarked\npackage ");
    }

    @Test
    void theseAreAllPackages() throws Exception {
        try (var folders = Files.list(ProjectFiles.path(MAIN))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(packages());
        }
    }
}
