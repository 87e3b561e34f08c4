package io.github.proxmoxdiscovery.faults;

import io.github.proxmoxdiscovery.cli.ProxmoxDiscovery;
import io.github.proxmoxdiscovery.faults.crash.Instance;
import io.github.proxmoxdiscovery.faults.crash.World;
import java.nio.file.Path;
import java.util.List;

/** The program of these tests, in a process of its own. */
final class Subject {

    private Subject() {}

    /** What starts it: the class path of the tests has all that it needs. */
    static List<String> program() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ProxmoxDiscovery.class.getName());
    }

    static Instance in(Path folder, World world) {
        return new Instance(folder, program(), world);
    }
}
