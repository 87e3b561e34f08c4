package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "7d, PT168H",
        "0s, PT0S",
    })
    void readsADurationWithItsUnit(String text, Duration duration) throws WrongValueException {
        assertThat(Parser.durationOrZero(Duration.ofDays(365)).parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 s", "-5s", "1.5s", "s", "5S", "5sec", "1h30m", "9999999999s"})
    void aDurationWithoutAUnitIsNone(String text) {
        assertThatThrownBy(() -> Parser.durationOrZero(Duration.ofDays(365)).parse(text))
                .isInstanceOf(WrongValueException.class)
                .hasMessageContaining("with its unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "0d"})
    void aTimeoutIsMoreThanNothing(String text) {
        assertThatThrownBy(() -> Parser.timeout().parse(text)).hasMessageContaining("more than nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2d", "25h", "86401s", "86400001ms", "999999999d"})
    void aTimeoutIsADayAtMost(String text) {
        assertThatThrownBy(() -> Parser.timeout().parse(text)).hasMessage("is too long: it may be 1d at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "24h", "86400s"})
    void aDayIsNotTooLongForATimeout(String text) throws WrongValueException {
        assertThat(Parser.timeout().parse(text)).isEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({"512KiB, 524288", "64MiB, 67108864", "1GiB, 1073741824", "1KiB, 1024", "4GiB, 4294967296"})
    void readsASizeWithItsUnit(String text, long bytes) throws WrongValueException {
        assertThat(Parser.size().parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "64MB", "64 MiB", "-1MiB", "0KiB", "5GiB", "999999999GiB"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Parser.size().parse(text)).isInstanceOf(WrongValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "4.0", "four", "+4", "99999999999", "٤"})
    void aNumberIsWholeAndInItsRange(String text) {
        assertThatThrownBy(() -> Parser.whole(1, 64).parse(text)).hasMessageContaining("from 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE", "on"})
    void onlyTrueAndFalseAreTruthValues(String text) {
        assertThatThrownBy(() -> Parser.trueOrFalse().parse(text)).hasMessageContaining("neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Zurich", "UTC", "system", "+02:00"})
    void readsATimeZone(String text) throws WrongValueException {
        assertThat(Parser.timeZone().parse(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Zürich", "local", "MEZ"})
    void refusesWhatIsNoTimeZone(String text) {
        assertThatThrownBy(() -> Parser.timeZone().parse(text)).hasMessageContaining("not a time zone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a,b|[a, b]", " a , b ,|[a, b]", ",|[]", "a,a|[a]"})
    void readsACommaListOfWords(String text, String words) throws WrongValueException {
        assertThat(Parser.words().parse(text)).hasToString(words);
    }
}
