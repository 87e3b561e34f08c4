package io.github.proxmoxdiscovery.settings;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** SHA-256 fingerprints of certificates, as people write them. */
final class Fingerprints {

    private static final Pattern SHA256 = Pattern.compile("[0-9A-F]{64}");

    private Fingerprints() {}

    /** A comma list, each as upper case hex pairs joined by colons. */
    static Set<String> parse(String text) throws WrongValueException {
        Set<String> fingerprints = new LinkedHashSet<>();
        for (String part : Parser.split(text)) {
            String digits = part.replace(":", "").toUpperCase(Locale.ROOT);
            if (!SHA256.matcher(digits).matches()) {
                throw new WrongValueException(
                        "is not a SHA-256 fingerprint: 32 pairs of hexadecimal digits, as Proxmox VE shows it under"
                                + " Node > System > Certificates");
            }
            fingerprints.add(digits.replaceAll("(..)(?!$)", "$1:"));
        }
        if (fingerprints.isEmpty()) {
            throw new WrongValueException("names no fingerprint");
        }
        return fingerprints;
    }
}
