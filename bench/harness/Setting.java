package harness;

/**
 * What all scenarios share.
 *
 * @param rounds how often each program is measured
 * @param quick whether this is only to see that all works: small clusters
 */
record Setting(ClusterProcess clusters, Results results, int rounds, boolean quick) {

    /** A number of guests, or a tenth of it. */
    int guests(int number) {
        return quick ? Math.max(1, number / 10) : number;
    }
}
