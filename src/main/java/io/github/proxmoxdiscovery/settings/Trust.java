package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.util.Set;

/** How we know that it is really our Proxmox that answers. */
public sealed interface Trust {

    /** By the certificate authorities that the Java runtime trusts. */
    record SystemTrust() implements Trust {}

    /**
     * By the certificate authorities of a file.
     *
     * @param path a PEM bundle
     */
    record CaFile(Path path) implements Trust {}

    /**
     * By the certificate itself.
     *
     * @param fingerprints SHA-256, upper case hex pairs joined by colons; one of them must be the server's
     */
    record Fingerprint(Set<String> fingerprints) implements Trust {

        public Fingerprint {
            fingerprints = Set.copyOf(fingerprints);
        }
    }

    /** Not at all. */
    record Insecure() implements Trust {}
}
