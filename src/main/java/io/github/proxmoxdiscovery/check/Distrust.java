package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.settings.Trust;

/** Why a certificate is not trusted, in fewer words than Java's. */
final class Distrust {

    private Distrust() {}

    /** @param why what the verification said */
    static String words(Trust trust, String why) {
        if (trust instanceof Trust.Fingerprint) {
            return "it is not the configured one";
        }
        if (!why.contains("unable to find valid certification path")) {
            return why;
        }
        return trust instanceof Trust.CaFile file
                ? "no authority in " + file.path() + " has issued it"
                : "no authority that this system trusts has issued it";
    }
}
