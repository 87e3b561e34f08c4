package io.github.proxmoxdiscovery.settings;

import java.util.regex.Pattern;

/** A wrong value as it may be shown: somebody may have put a secret where none belongs. */
final class Shown {

    /** The secrets of API tokens look like this. */
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern USER = Pattern.compile("//[^/]*@|:[^@:/,]+@");
    private static final Pattern ASSIGNED = Pattern.compile("(@[^=]*=).+");
    private static final int LONGEST = 120;

    private Shown() {}

    static String value(Key<?> key, String text) {
        if (key.isSecret()) {
            return "its value";
        }
        String shown = UUID.matcher(UriSecrets.masked(text)).replaceAll("***");
        shown = USER.matcher(shown).replaceAll("***@");
        shown = ASSIGNED.matcher(shown).replaceAll("$1***");
        shown = shown.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return '"' + (shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown) + '"';
    }
}
