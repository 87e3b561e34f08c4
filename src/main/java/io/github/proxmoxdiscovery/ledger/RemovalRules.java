package io.github.proxmoxdiscovery.ledger;

/**
 * When a host that is not there any more is removed (docs/explanation/delivery.md).
 *
 * @param after complete full runs in a row that must not find it, at least 1
 * @param maxPercent of the hosts of a cluster that may vanish at once, 0 to 100; 5 hosts always may
 */
public record RemovalRules(int after, int maxPercent) {

    /** So many hosts may vanish whatever their share is. */
    static final int ALWAYS_ALLOWED = 5;

    /** Further complete looks that confirm removals which are held back, instead of the operator. */
    public static final int HELD_LOOKS = 10;

    boolean isMass(int missing, int known) {
        return missing > ALWAYS_ALLOWED && (long) missing * 100 > (long) maxPercent * known;
    }

    /** Looks that a host must have been missing in. */
    int looks(boolean held) {
        return held ? after + HELD_LOOKS : after;
    }
}
