package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyStringTest {

    @Test
    void partsComeInAnyOrderAndBlankOnesDoNotCount() {
        PropertyString line = PropertyString.parse(",b=2,, ,virtio,\t,a=1,", "model");
        assertThat(line.isWellFormed()).isTrue();
        assertThat(line.keys()).containsExactly("b", "model", "a");
        assertThat(line.get("a")).contains("1");
        assertThat(line.get("b")).contains("2");
        assertThat(line.get("model")).contains("virtio");
        assertThat(line.get("c")).isEmpty();
        assertThat(line.has("c")).isFalse();
    }

    @Test
    void theFirstEqualsSignPartsKeyFromValue() {
        assertThat(PropertyString.parse("a=b=c,d==").get("a")).contains("b=c");
        assertThat(PropertyString.parse("a=b=c,d==").get("d")).contains("=");
    }

    @Test
    void nothingIsTrimmedAndCaseCounts() {
        PropertyString line = PropertyString.parse("a=1, a=2,A=3,b= x ");
        assertThat(line.isWellFormed()).isTrue();
        assertThat(line.keys()).containsExactly("a", " a", "A", "b");
        assertThat(line.get("b")).contains(" x ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1,a=2", "a=1,a=1", "a=", "=1", "a=1,=", "bare", "a=1,bare"})
    void aStringOfAnotherFormIsNotWellFormed(String text) {
        assertThat(PropertyString.parse(text).isWellFormed()).isFalse();
    }

    @Test
    void aKeyThatComesTwiceHasNoValueAndHarmsNoOther() {
        PropertyString line = PropertyString.parse("tag=1,bridge=vmbr0,tag=2");
        assertThat(line.has("tag")).isTrue();
        assertThat(line.get("tag")).isEmpty();
        assertThat(line.get("bridge")).contains("vmbr0");
    }

    @Test
    void twoBareValuesAreOneTooMany() {
        PropertyString line = PropertyString.parse("1,0", "enabled");
        assertThat(line.isWellFormed()).isFalse();
        assertThat(line.get("enabled")).isEmpty();
    }

    @Test
    void anEmptyStringHasNoKeys() {
        assertThat(PropertyString.parse("", "model").keys()).isEmpty();
        assertThat(PropertyString.parse(",,,").isWellFormed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, true", "on, true", "yes, true", "true, true", "ON, true", "Yes, true", "TRUE, true",
        "0, false", "off, false", "no, false", "false, false", "Off, false", "NO, false", "False, false"
    })
    void readsTheBooleansOfProxmox(String text, boolean expected) {
        assertThat(PropertyString.bool(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "01", "y", "n", "enabled", " 1", "true ", "-1"})
    void refusesOtherBooleans(String text) {
        assertThat(PropertyString.bool(text)).isEmpty();
    }
}
