package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private static Filter vmids(String text) throws WrongValueException {
        return new Filter(Set.of(), VmidRange.parse(text), Set.of(), Set.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100-199     | 100 | true",
                "100-199     | 199 | true",
                "100-199     | 200 | false",
                "100-199,250 | 250 | true",
                "100 - 199   | 150 | true",
                "250         | 249 | false",
            })
    void matchesNumbersAndRanges(String vmids, long vmid, boolean matches) throws WrongValueException {
        assertThat(vmids(vmids).matchesVmid(vmid)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "100-", "-100", "100..199", "1-2-3", "199-100", "99999999999"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> VmidRange.parse(text)).isInstanceOf(WrongValueException.class);
    }

    @Test
    void noConditionIsEmpty() {
        assertThat(Filter.none()).isEqualTo(new Filter(Set.of(), List.of(), Set.of(), Set.of()));
        assertThat(Filter.none().matchesVmid(100)).isFalse();
    }
}
