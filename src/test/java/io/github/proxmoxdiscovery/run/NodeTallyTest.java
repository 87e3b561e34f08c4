package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTallyTest {

    @ParameterizedTest
    @CsvSource({
        "false, 0, 0, 0, ok",
        "false, 3, 0, 0, ok",
        "false, 0, 3, 0, ok",
        "false, 1, 0, 2, ok",
        "false, 0, 0, 3, failed",
        "false, 0, 1, 2, failed",
        "true, 0, 0, 0, offline",
        "true, 0, 0, 3, offline"
    })
    void theStatusTellsWhetherAnythingCouldBeRead(boolean offline, int read, int skipped, int failed, String status) {
        NodeTally tally = new NodeTally("pve1", offline);
        for (int i = 0; i < read; i++) {
            tally.listed();
            tally.read();
        }
        for (int i = 0; i < skipped; i++) {
            tally.listed();
            tally.skipped();
        }
        for (int i = 0; i < failed; i++) {
            tally.listed();
            tally.failed(Reason.TIMEOUT);
        }
        assertThat(tally.toMap())
                .containsEntry("node", "pve1")
                .containsEntry("status", status)
                .containsEntry("guests", read + skipped + failed)
                .containsEntry("read", read)
                .containsEntry("skipped", skipped)
                .containsEntry("failed", failed)
                .containsEntry("hosts", 0);
    }

    @Test
    void theMostFrequentReasonIsTheNodes() {
        NodeTally tally = new NodeTally("pve1", false);
        assertThat(tally.toMap()).containsEntry("reason", null);
        tally.failed(Reason.FORBIDDEN);
        tally.failed(Reason.TIMEOUT);
        tally.failed(Reason.TIMEOUT);
        assertThat(tally.toMap()).containsEntry("reason", "TIMEOUT");
    }

    @Test
    void anOfflineNodeSaysSoWhateverElseHappened() {
        NodeTally tally = new NodeTally("pve1", true);
        tally.failed(Reason.TIMEOUT);
        assertThat(tally.toMap()).containsEntry("reason", "NODE_OFFLINE");
    }
}
