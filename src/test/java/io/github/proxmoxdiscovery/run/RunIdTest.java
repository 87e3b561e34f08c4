package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RunIdTest {

    @RepeatedTest(50)
    void isAUuidOfVersion7() {
        String id = RunId.next(Instant.parse("2026-11-23T12:00:00.123Z"));
        UUID uuid = UUID.fromString(id);
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void beginsWithTheTimeInMilliseconds() {
        // 0x0197b4a01234 ms after 1970
        assertThat(RunId.next(Instant.ofEpochMilli(0x0197b4a01234L))).startsWith("0197b4a0-1234-7");
    }

    @Test
    void laterRunsSortAfterEarlierOnes() {
        List<String> ids = new ArrayList<>();
        for (long millis = 1_700_000_000_000L; millis < 4_000_000_000_000L; millis += 99_999_999_999L) {
            ids.add(RunId.next(Instant.ofEpochMilli(millis)));
            ids.add(RunId.next(Instant.ofEpochMilli(millis + 1)));
        }
        assertThat(ids).isSorted();
    }

    @Test
    void twoRunsOfOneMomentDiffer() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(RunId.next(Instant.EPOCH));
        }
        assertThat(ids).hasSize(1000);
    }
}
