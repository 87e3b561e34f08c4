package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, in folders like a checkout and like a distribution, with a false Java. */
@DisabledOnOs(OS.WINDOWS)
class ScriptTest {

    private static final List<String> TOOLS = List.of(
            "bash",
            "env",
            "readlink",
            "dirname",
            "find",
            "rm",
            "mkdir",
            "touch",
            "sleep",
            "cat",
            "stat",
            "cksum",
            "mv",
            "chmod",
            "sync");

    private static final String SCRIPT = "bin/proxmox-discovery";

    @TempDir
    private Path folder;

    private Path home;

    record Result(int exitCode, String output) {}

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("a home")).toRealPath();
        Files.createDirectories(home.resolve("bin"));
        Files.copy(ProjectFiles.path(SCRIPT), home.resolve(SCRIPT));
        executable(home.resolve(SCRIPT));
        program("java", "echo \"pid $$\"; for word in \"$@\"; do echo \"[$word]\"; done");
    }

    @Test
    void isGoodBash() throws Exception {
        assertThat(run(folder, Map.of(), "bash", "-n", ProjectFiles.path(SCRIPT).toString()))
                .isEqualTo(new Result(0, ""));
    }

    @Test
    void mayBeExecutedAsItIsCheckedOut() {
        assertThat(ProjectFiles.path(SCRIPT)).isExecutable();
    }

    @Test
    void justRunsWhereThereIsNothingToBuild() throws Exception {
        Result result = run(folder, Map.of(), home.resolve(SCRIPT).toString(), "once", "-D", "a=b c");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("[-Dproxmox-discovery.home=" + home + "]")
                .contains("[" + home + "/lib/proxmox-discovery.jar:" + home + "/lib/*]")
                .endsWith("[io.github.proxmoxdiscovery.cli.ProxmoxDiscovery]\n[once]\n[-D]\n[a=b c]\n");
    }

    @Test
    void takesTheJarsThatWereAddedBehindItsOwn() throws Exception {
        Path ext = Files.createDirectories(home.resolve("lib/ext"));
        Files.writeString(ext.resolve("added.jar"), "a jar");
        String classes = home + "/lib/proxmox-discovery.jar:" + home + "/lib/*:" + home + "/lib/ext/*";
        for (String command : List.of("run", "once", "demo", "validate", "check")) {
            assertThat(run(folder, Map.of(), home.resolve(SCRIPT).toString(), command)
                            .output())
                    .contains("[" + classes + "]");
        }
    }

    @Test
    void findsItsHomeThroughALinkFromAnyFolder() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path first = Files.createSymbolicLink(elsewhere.resolve("first"), home.resolve(SCRIPT));
        Path second = Files.createSymbolicLink(elsewhere.resolve("second"), first.getFileName());
        try {
            assertThat(run(elsewhere, Map.of(), second.toString(), "demo").output())
                    .contains("[-Dproxmox-discovery.home=" + home + "]");
        } finally {
            Files.delete(second);
            Files.delete(first);
        }
    }

    @Test
    void takesTheJavaOfJavaHomeAndTheWordsOfJavaOpts() throws Exception {
        Path other = folder.resolve("jdk/bin/java");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "#!/usr/bin/env bash\necho \"other $*\"\n");
        executable(other);
        Map<String, String> environment =
                Map.of("JAVA_HOME", folder.resolve("jdk").toString(), "JAVA_OPTS", "-Xmx384m -Xss1m");
        assertThat(run(folder, environment, home.resolve(SCRIPT).toString(), "run")
                        .output())
                .startsWith("other ")
                .contains(" -Xmx384m -Xss1m ");
    }

    @Test
    void tellsTheExitCodeOfTheProgram() throws Exception {
        program("java", "exit 3");
        assertThat(run(folder, Map.of(), home.resolve(SCRIPT).toString(), "once")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void becomesTheProgramSoThatASignalReachesIt() throws Exception {
        program("java", "echo $$ > '" + folder + "/pid'; exec sleep 60");
        Process process = start(folder, Map.of(), home.resolve(SCRIPT).toString(), "run");
        try {
            while (!Files.exists(folder.resolve("pid")) || Files.size(folder.resolve("pid")) == 0) {
                assertThat(process.isAlive()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(Files.readString(folder.resolve("pid")).strip()).isEqualTo(String.valueOf(process.pid()));
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysThatMavenIsMissingWhereItMustBuild() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/main"));
        Result result = run(folder, Map.of(), home.resolve(SCRIPT).toString(), "demo");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .isEqualTo("error: the program must be built first, and there is no Maven (mvn) on the PATH\n");
    }

    @Test
    void buildsACheckoutOnceAndAgainWhenASourceIsNewer() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Path source = Files.createDirectories(home.resolve("src/main/java")).resolve("Main.java");
        Files.writeString(source, "class Main {}");
        program("mvn", "mkdir -p '" + home + "/target/lib'; touch '" + home + "/target/proxmox-discovery.jar'");
        String script = home.resolve(SCRIPT).toString();

        assertThat(run(folder, Map.of(), script, "demo").output())
                .contains("building")
                .contains("[demo]");
        assertThat(run(folder, Map.of(), script, "demo").output())
                .doesNotContain("building")
                .contains("[demo]");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run(folder, Map.of(), script, "demo").output()).contains("building");
    }

    @Test
    void doesNotStartWhatCouldNotBeBuilt() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("src/main"));
        program("mvn", "echo '[ERROR] no'; echo \"$@\"; printf '\\e[0m' >&2; exit 7");
        Result result = run(folder, Map.of(), home.resolve(SCRIPT).toString(), "demo");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output())
                .contains("[ERROR] no", "-Dstyle.color=never")
                .doesNotContain("[demo]", "\u001b");
    }

    @Test
    void givesTheFirstCompilerOnlyToCommandsThatEndSoon() throws Exception {
        String script = home.resolve(SCRIPT).toString();
        assertThat(run(folder, Map.of(), script, "once").output()).contains("[-XX:TieredStopAtLevel=1]");
        assertThat(run(folder, Map.of(), script, "run").output()).doesNotContain("TieredStopAtLevel");
        assertThat(run(folder, Map.of(), script).output()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void keepsTheClassesOfOneRunForTheNextAndMakesNoneForOtherCommands() throws Exception {
        String script = installed("17.0.15", 0);
        Path cache = folder.resolve("data/cache");
        assertThat(start(script, Map.of(), "run")).doesNotContain("-XX:Shared", "-XX:Dump");
        assertThat(cache).doesNotExist();

        assertThat(start(script, Map.of(), "once"))
                .contains("-XX:DumpLoadedClassList=")
                .contains("[once]");
        String archive = onlyFileIn(cache);
        assertThat(archive).matches("java-17-\\d+\\.jsa");
        for (String command : List.of("once", "run", "validate", "demo")) {
            assertThat(start(script, Map.of(), command))
                    .contains("[-XX:SharedArchiveFile=data/cache/" + archive + "]", "[-Xshare:auto]")
                    .doesNotContain("-XX:Dump");
        }
    }

    @Test
    void takesTheOtherKindOfArchiveFromJava24On() throws Exception {
        String script = installed("25.0.3", 0);
        assertThat(start(script, Map.of(), "once")).contains("[-XX:AOTMode=record]");
        String archive = onlyFileIn(folder.resolve("data/cache"));
        assertThat(start(script, Map.of(), "once")).contains("[-XX:AOTCache=data/cache/" + archive + "]");
    }

    @Test
    void tellsJavaThatALibraryIsLoadedWhereJavaWouldWarnOfIt() throws Exception {
        String option = "[--enable-native-access=ALL-UNNAMED]";
        Map<String, String> off = Map.of("PROXMOX_DISCOVERY_CACHE", "off");
        assertThat(start(installed("25.0.3", 0), off, "run")).contains(option);
        assertThat(start(installed("22", 0), Map.of(), "once")).contains(option);
        assertThat(start(installed("17.0.15", 0), off, "run")).doesNotContain(option);
        assertThat(run(folder, Map.of(), home.resolve(SCRIPT).toString(), "run").output())
                .doesNotContain(option);
    }

    @Test
    void makesAnotherArchiveForAnotherJavaOrProgramOrAddedJarAndRemovesTheOldOne() throws Exception {
        Path cache = folder.resolve("data/cache");
        start(installed("17.0.15", 0), Map.of(), "once");
        String first = onlyFileIn(cache);
        String script = installed("17.0.16", 0);
        assertThat(start(script, Map.of(), "run")).doesNotContain("-XX:Shared");
        start(script, Map.of(), "once");
        String second = onlyFileIn(cache);
        Files.writeString(home.resolve("lib/proxmox-discovery.jar"), "a newer one");
        start(script, Map.of(), "once");
        String third = onlyFileIn(cache);
        Files.writeString(Files.createDirectories(home.resolve("lib/ext")).resolve("added.jar"), "a jar");
        start(script, Map.of(), "once");
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates().doesNotContain(onlyFileIn(cache));
    }

    @Test
    void makesNoArchiveOfARunThatFailedAndKeepsItsExitCode() throws Exception {
        for (int status : List.of(1, 2, 4)) {
            String script = installed("17.0.15", status);
            assertThat(run(folder, javaHome(), script, "once").exitCode()).isEqualTo(status);
            assertThat(folder.resolve("data/cache")).isEmptyDirectory();
        }
        assertThat(run(folder, javaHome(), installed("17.0.15", 5), "once").exitCode())
                .isEqualTo(5);
        assertThat(onlyFileIn(folder.resolve("data/cache"))).endsWith(".jsa");
    }

    @Test
    void justRunsWithoutArchiveWhereItIsToOrMust() throws Exception {
        String script = installed("17.0.15", 0);
        Files.writeString(folder.resolve("data"), "a file where the folder should be");
        for (Map<String, String> environment : List.<Map<String, String>>of(
                Map.of(), Map.of("PROXMOX_DISCOVERY_CACHE", "off"), Map.of("JAVA_OPTS", "-Xshare:off"))) {
            assertThat(start(script, environment, "once"))
                    .doesNotContain("-XX:Shared", "-XX:Dump")
                    .contains("[once]");
        }
        assertThat(start(script, Map.of("PROXMOX_DISCOVERY_CACHE", "else where"), "once"))
                .contains("-XX:Dump");
        assertThat(onlyFileIn(folder.resolve("else where"))).endsWith(".jsa");
    }

    @Test
    void keepsTheArchiveInTheDataFolderThatTheEnvironmentNames() throws Exception {
        start(installed("17.0.15", 0), Map.of("DISCOVERY_DATA", "all state"), "once");
        assertThat(onlyFileIn(folder.resolve("all state/cache"))).endsWith(".jsa");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** A Java of this version, which ends the program with this status, and makes archives when it is told to. */
    private String installed(String version, int status) throws IOException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.writeString(java, """
                #!/usr/bin/env bash
                made= listed= ends=%d
                for word in "$@"; do
                  echo "[$word]"
                  case $word in
                    -Xshare:dump | -XX:AOTMode=create) ends=0 ;;
                    -XX:DumpLoadedClassList=* | -XX:AOTConfiguration=*) listed=${word#*=} ;;
                    -XX:SharedArchiveFile=* | -XX:AOTCache=*) made=${word#*=} ;;
                  esac
                done
                if [ -n "$listed" ]; then echo classes >"$listed"; fi
                if [ -n "$made" ] && [ ! -e "$made" ]; then echo archive >"$made"; fi
                exit $ends
                """.formatted(status));
        executable(java);
        Files.createDirectories(home.resolve("lib"));
        if (Files.notExists(home.resolve("lib/proxmox-discovery.jar"))) {
            Files.writeString(home.resolve("lib/proxmox-discovery.jar"), "jar");
        }
        return home.resolve(SCRIPT).toString();
    }

    private Map<String, String> javaHome() {
        return Map.of("JAVA_HOME", folder.resolve("jdk").toString());
    }

    private String start(String script, Map<String, String> environment, String command) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(javaHome());
        Result result = run(folder, all, script, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private static String onlyFileIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).hasSize(1);
            return names.get(0);
        }
    }

    /** A program of this name, the first on the PATH. */
    private void program(String name, String lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve("path")).resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + lines + "\n");
        executable(file);
    }

    private static void executable(Path file) {
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Result run(Path directory, Map<String, String> environment, String... command) throws Exception {
        Process process = start(directory, environment, command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    /** With no more on the PATH than what every system has, so no Maven and no other Java. */
    private Process start(Path directory, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command));
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_HOME", "JAVA_OPTS", "PROXMOX_DISCOVERY_CACHE", "DISCOVERY_DATA"));
        builder.environment().put("PATH", folder.resolve("path") + ":" + tools());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The few commands that the script and the false programs call, and no others. */
    private Path tools() throws IOException {
        Path tools = folder.resolve("tools");
        if (Files.notExists(tools)) {
            Files.createDirectories(tools);
            for (String tool : TOOLS) {
                Path real = List.of("/usr/bin/" + tool, "/bin/" + tool).stream()
                        .map(Path::of)
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow();
                Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
                executable(tools.resolve(tool));
            }
        }
        return tools;
    }
}
