package io.github.proxmoxdiscovery.run;

/** What a run looks at. */
public enum RunKind {
    /** Every guest. */
    FULL("full"),
    /** The guests whose row in the list changed, and those whose last reading failed. */
    QUICK("quick");

    private final String text;

    RunKind(String text) {
        this.text = text;
    }

    /** The word in the report. */
    public String text() {
        return text;
    }
}
