package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.library.AddedLibraries;
import io.github.proxmoxdiscovery.library.Coordinates;
import io.github.proxmoxdiscovery.library.NotAddedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds components of Camel, or other libraries, and what they need: into lib/ext in the program's"
                + " folder, by Maven. The next start takes them.")
final class AddCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "COMPONENT",
            arity = "0..*",
            description = "A component, such as camel-amqp, or a library as Maven names it, such as"
                    + " org.postgresql:postgresql:42.7.7.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Only shows what was added, and which jars are there.")
    private boolean list;

    @Option(names = "--remove", description = "Takes these away, and what only they needed.")
    private boolean remove;

    @Option(
            names = "--pom",
            description = "Only prints the Maven project by which the jars can be fetched on another machine.")
    private boolean pom;

    @Option(names = "--offline", description = "Takes only what Maven has fetched before.")
    private boolean offline;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            AddedLibraries libraries = AddedLibraries.of(
                    home(), Optional.ofNullable(System.getenv("PATH")).orElse(""));
            if (list) {
                show(libraries, out);
                return ExitCode.COMPLETE;
            }
            act(libraries, out);
            return ExitCode.COMPLETE;
        } catch (NotAddedException e) {
            if (e.isUnknown()) {
                throw new UsageException(List.of(String.valueOf(e.getMessage())));
            }
            spec.commandLine().getErr().println("error: " + e.getMessage());
            return ExitCode.UNEXPECTED;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private static Path home() throws UsageException {
        String home = System.getProperty(Options.HOME_PROPERTY);
        if (home == null) {
            throw new UsageException(List.of("add works only when the program is started by bin/proxmox-discovery"));
        }
        return Path.of(home);
    }

    private void act(AddedLibraries libraries, PrintWriter out)
            throws NotAddedException, UsageException, IOException, InterruptedException {
        if (names.isEmpty()) {
            throw new UsageException(List.of("add what? For example: bin/proxmox-discovery add camel-amqp"));
        }
        Set<Coordinates> wanted = new LinkedHashSet<>();
        for (String name : names) {
            wanted.add(Coordinates.of(name));
        }
        if (pom) {
            out.print(libraries.pom(wanted));
        } else if (remove) {
            libraries.remove(wanted, offline);
            wanted.forEach(library -> out.println("removed " + library));
        } else {
            wanted.removeIf(library -> isOwn(library, libraries, out));
            add(wanted, libraries, out);
        }
    }

    private static boolean isOwn(Coordinates library, AddedLibraries libraries, PrintWriter out) {
        Optional<String> version = libraries.ownVersion(library);
        version.ifPresent(number ->
                out.println(library + " is a part of the program already, in version " + number + ", which stays"));
        return version.isPresent();
    }

    private void add(Set<Coordinates> wanted, AddedLibraries libraries, PrintWriter out)
            throws NotAddedException, IOException, InterruptedException {
        if (wanted.isEmpty()) {
            return;
        }
        List<String> jars = libraries.add(wanted, offline);
        if (jars.isEmpty()) {
            wanted.forEach(library -> out.println(library + " is there already"));
            return;
        }
        wanted.forEach(library -> out.println("added " + library));
        jars.forEach(jar -> out.println("  " + jar));
        out.println("into " + libraries.folder() + "; the next start takes them");
    }

    private static void show(AddedLibraries libraries, PrintWriter out) throws IOException, NotAddedException {
        libraries.libraries().forEach(library -> out.println("added " + library));
        libraries.jars().forEach(jar -> out.println("  " + jar));
        out.println("in " + libraries.folder());
    }
}
