package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.client.Probe;
import io.github.proxmoxdiscovery.client.Probe.Seen;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Trust;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at each address of a cluster: whether it is reached, and whether its certificate is trusted. */
final class AddressCheck {

    private static final String ADDRESS = "address";
    private static final String TLS = "tls";

    /** Proxmox renews its own certificates when they have two weeks left. */
    private static final Duration SOON = Duration.ofDays(21);

    private final ClusterSettings cluster;
    private final List<String> urls;
    private final Probe probe;
    private final Clock clock;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable String working;

    /** @param urls the addresses to look at */
    AddressCheck(ClusterSettings cluster, List<String> urls, Probe probe, Clock clock) {
        this.cluster = cluster;
        this.urls = urls;
        this.probe = probe;
        this.clock = clock;
    }

    /** The first address that works; empty if none does. */
    Optional<String> working() {
        for (String url : urls) {
            Seen seen = probe.look(URI.create(url), cluster.trust(), cluster.connectTimeout(), cluster.timeout());
            if (seen instanceof Seen.Shown shown && shown.untrusted().isEmpty() && working == null) {
                working = url;
            }
            add(url, seen);
        }
        return Optional.ofNullable(working);
    }

    /** What was found; one address that works is enough, so the others are worth a warning. */
    List<Finding> findings() {
        return findings.stream()
                .map(finding -> finding.isFailure() && working != null
                        ? Finding.warn(finding.of(), finding.what(), finding.found(), finding.remedy(), finding.lines())
                        : finding)
                .toList();
    }

    private void add(String url, Seen seen) {
        if (seen instanceof Seen.Unreachable unreachable) {
            findings.add(Finding.fail(
                    cluster.name(),
                    ADDRESS,
                    url + " is not reached: " + unreachable.why(),
                    "Check address and port in proxmox." + cluster.name() + ".url, the firewall on the way, and on the"
                            + " node that pveproxy runs:",
                    List.of("systemctl status pveproxy")));
            findings.add(Finding.skip(cluster.name(), TLS, url + " was not reached"));
            return;
        }
        findings.add(Finding.ok(cluster.name(), ADDRESS, url + " is reached"));
        if (seen instanceof Seen.Shown shown) {
            findings.add(certificate(url, shown));
        } else {
            String why = seen instanceof Seen.NoTls none ? none.why() : "no TLS";
            findings.add(Finding.fail(
                    cluster.name(),
                    TLS,
                    url + " does not speak TLS: " + why,
                    "Something else than pveproxy listens there, or it hangs: look at the port in proxmox."
                            + cluster.name() + ".url, and on the node at:",
                    List.of("systemctl status pveproxy")));
        }
    }

    private Finding certificate(String url, Seen.Shown shown) {
        if (shown.untrusted().isPresent()) {
            return untrusted(url, shown, shown.untrusted().get());
        }
        LocalDate until = until(shown.certificate());
        String known = how() + ", valid until " + until;
        if (cluster.trust() instanceof Trust.Insecure) {
            return Finding.warn(
                    cluster.name(),
                    TLS,
                    url + ": the certificate is not verified: anybody on the way can read the secret",
                    "Set instead of proxmox." + cluster.name() + ".insecure, if this is the node's fingerprint:",
                    List.of(fingerprintLine(shown)));
        }
        if (expiry(shown.certificate()).isBefore(clock.instant().plus(SOON))) {
            return Finding.warn(
                    cluster.name(),
                    TLS,
                    url + ": " + known + ": it is or will soon be another one",
                    "When the node gets its new certificate, set its new fingerprint, or use the ca-file, which"
                            + " outlives it.",
                    List.of());
        }
        return Finding.ok(cluster.name(), TLS, url + ": " + known);
    }

    private String how() {
        if (cluster.trust() instanceof Trust.Fingerprint) {
            return "the certificate has the configured fingerprint";
        }
        return cluster.trust() instanceof Trust.CaFile file
                ? "the certificate is from the authority in " + file.path()
                : "the system trusts the certificate";
    }

    private Finding untrusted(String url, Seen.Shown shown, String why) {
        X509Certificate certificate = shown.certificate();
        return Finding.fail(
                cluster.name(),
                TLS,
                url + " shows a certificate that is not trusted: " + Distrust.words(cluster.trust(), why)
                        + ". Its subject is "
                        + certificate.getSubjectX500Principal().getName()
                        + ", it is valid until " + until(certificate) + ", and its SHA-256 fingerprint stands below.",
                "Compare that with what the node itself says (Node > System > Certificates, or the first line below)."
                        + " If it is the same, set the second line in place of any other trust; or set ca-file to a"
                        + " copy of /etc/pve/pve-root-ca.pem. If not, somebody may be listening in.",
                List.of(
                        "openssl x509 -in /etc/pve/local/pve-ssl.pem -noout -fingerprint -sha256",
                        fingerprintLine(shown)));
    }

    private String fingerprintLine(Seen.Shown shown) {
        return "proxmox." + cluster.name() + ".fingerprint=" + shown.fingerprint();
    }

    private static Instant expiry(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static LocalDate until(X509Certificate certificate) {
        return LocalDate.ofInstant(expiry(certificate), ZoneOffset.UTC);
    }
}
