package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead address is left alone for a while, but never forgotten. */
class AddressBookTest {

    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private final AddressBook book = new AddressBook(List.of("a", "b", "c"), () -> now);

    private void passes(Duration time) {
        now += time.toNanos();
    }

    @Test
    void theyAreAskedInTheOrderOfTheSettings() {
        assertThat(book.inOrder()).containsExactly("a", "b", "c");
    }

    @Test
    void oneThatFailedComesLastForAMinuteAndThenFirstAgain() {
        book.failed("a");
        assertThat(book.inOrder()).containsExactly("b", "c", "a");
        passes(Duration.ofMinutes(1).minusNanos(1));
        assertThat(book.inOrder()).containsExactly("b", "c", "a");
        passes(Duration.ofNanos(1));
        assertThat(book.inOrder()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 50})
    void eachTimeItRestsTwiceAsLongUpTo32Minutes(int times) {
        for (int i = 0; i < times; i++) {
            book.failed("a");
        }
        passes(Duration.ofMinutes(Math.min(32, 1L << Math.min(times - 1, 10))).minusNanos(1));
        assertThat(book.inOrder()).containsExactly("b", "c", "a");
        passes(Duration.ofNanos(1));
        assertThat(book.inOrder()).containsExactly("a", "b", "c");
    }

    @Test
    void whenAllFailedTheOneThatRestsShortestIsAskedFirst() {
        book.failed("a");
        book.failed("a");
        book.failed("b");
        passes(Duration.ofSeconds(1));
        book.failed("c");
        assertThat(book.inOrder()).containsExactly("b", "c", "a");
    }

    @Test
    void oneThatWorkedHasNoPast() {
        book.failed("a");
        book.failed("a");
        book.worked("a");
        assertThat(book.inOrder()).containsExactly("a", "b", "c");
        book.failed("a");
        passes(Duration.ofMinutes(1));
        assertThat(book.inOrder()).containsExactly("a", "b", "c");
    }
}
