package io.github.proxmoxdiscovery.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the program, from the manifest of its jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "proxmox-discovery " + (version == null ? "(built from sources)" : version),
            "Java " + System.getProperty("java.version")
        };
    }
}
