package io.github.proxmoxdiscovery.delivery;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.cli.ProxmoxDiscovery;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The program as it is installed, in a folder of its own: its script, its jar and its libraries. */
record Distribution(Path home) {

    private static final Pattern LIBRARY =
            Pattern.compile("(?m)^ +[^:\\s]+:([^:\\s]+):jar:([^:\\s]+):(?:compile|runtime)\\b");
    private static final long PATIENCE_MINUTES = 5;

    static Distribution in(Path home) throws IOException, URISyntaxException {
        Path classes = Path.of(ProxmoxDiscovery.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path lib = Files.createDirectories(home.resolve("lib"));
        jar(classes, lib.resolve("proxmox-discovery.jar"));
        String libraries = Files.readString(classes.resolve("META-INF/proxmox-discovery/libraries.txt"));
        for (Path jar : classPath(libraries)) {
            Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
        }
        Path script = Files.createDirectories(home.resolve("bin")).resolve("proxmox-discovery");
        Files.copy(Path.of("bin/proxmox-discovery"), script, StandardCopyOption.COPY_ATTRIBUTES);
        return new Distribution(home);
    }

    private static List<Path> classPath(String libraries) {
        List<String> names = LIBRARY.matcher(libraries)
                .results()
                .map(found -> found.group(1) + "-" + found.group(2) + ".jar")
                .toList();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> names.contains(jar.getFileName().toString()))
                .toList();
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    Path ext() {
        return home.resolve("lib/ext");
    }

    /** The names of the jars that were added. */
    List<String> added() throws IOException {
        if (Files.notExists(ext())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ext())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Runs it by its script. */
    Program.Result run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/proxmox-discovery").toString()));
        command.addAll(List.of(words));
        Path out = home.resolve("stdout");
        Path err = home.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PROXMOX_DISCOVERY_CACHE", "off");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("did not end: " + Files.readString(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Program.Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
