package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "url, url, 0",
        "ulr, url, 1",
        "ur, url, 1",
        "urll, url, 1",
        "uri, url, 1",
        "kitten, sitting, 3",
        "'', url, 3"
    })
    void countsTypingErrors(String a, String b, int errors) {
        assertThat(EditDistance.between(a, b)).isEqualTo(errors);
        assertThat(EditDistance.between(b, a)).isEqualTo(errors);
    }

    @Test
    void aThirdOfTheLastPartMayBeWrong() {
        assertThat(EditDistance.nearest("sink.borkrs", List.of("sink.brokers"))).hasValue("sink.brokers");
        assertThat(EditDistance.nearest("proxmox.pve.direct", List.of("proxmox.pve.timeout")))
                .isEmpty();
    }

    @Test
    void aWordThatIsTooDifferentIsNotNear() {
        assertThat(EditDistance.nearest("abc", List.of("xyz"))).isEmpty();
        assertThat(EditDistance.nearest("abc", List.of())).isEmpty();
    }
}
