package io.github.proxmoxdiscovery.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Set;

/** Reads how a cluster is known. */
final class TrustReader {

    private final Key<Path> caFile;
    private final Key<Set<String>> fingerprint;
    private final Key<Boolean> insecure;
    private final Values values;
    private final Problems problems;

    TrustReader(String cluster, Values values, Problems problems) {
        this.caFile = ClusterKeys.CA_FILE.of(cluster);
        this.fingerprint = ClusterKeys.FINGERPRINT.of(cluster);
        this.insecure = ClusterKeys.INSECURE.of(cluster);
        this.values = values;
        this.problems = problems;
    }

    Trust read() {
        Optional<Trust> authorities = values.find(caFile)
                .filter(file -> checkAuthorities(caFile, file, problems))
                .map(Trust.CaFile::new);
        Optional<Trust> pinned = values.find(fingerprint).map(Trust.Fingerprint::new);
        boolean anybody = values.get(insecure);
        refuseTwo(anybody);
        return anybody ? new Trust.Insecure() : pinned.or(() -> authorities).orElseGet(Trust.SystemTrust::new);
    }

    private void refuseTwo(boolean anybody) {
        boolean both = values.isSet(caFile) && values.isSet(fingerprint);
        if (both) {
            problems.add(
                    fingerprint.name(),
                    "is set, and so is " + caFile.name() + ". Only one of them may be: a certificate is known by"
                            + " itself or by who issued it");
        }
        if (anybody && (values.isSet(caFile) || values.isSet(fingerprint))) {
            problems.add(
                    insecure.name(),
                    "true turns off what " + (values.isSet(caFile) ? caFile : fingerprint).name() + " asks for. Set"
                            + " only one of them");
        }
    }

    /** Whether a file has certificates; if not, that is noted. */
    static boolean checkAuthorities(Key<Path> caFile, Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return true;
            }
            problems.add(caFile.name(), "the file " + file + " holds no certificate. It must be a PEM file");
        } catch (IOException e) {
            problems.add(caFile.name(), Values.unreadable(file, e));
        } catch (CertificateException e) {
            problems.add(caFile.name(), "the file " + file + " is not a PEM file of certificates");
        }
        return false;
    }
}
