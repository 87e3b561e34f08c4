package io.github.proxmoxdiscovery.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.Reason.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed list of words is a promise to users: this is it, by hand. */
class ReasonTest {

    private static final Map<Scope, List<String>> LIST = Map.of(
            Scope.CLUSTER, List.of("UNREACHABLE", "TLS_FAILED", "LOGIN_FAILED", "PRIVILEGE_MISSING", "OTHER_CLUSTER"),
            Scope.NODE, List.of("NODE_OFFLINE"),
            Scope.GUEST, List.of("FORBIDDEN", "TIMEOUT", "SERVER_ERROR", "BAD_REPLY", "TOO_LARGE", "DEADLINE"),
            Scope.SKIPPED, List.of("GONE", "FILTERED"),
            Scope.PART,
                    List.of(
                            "AGENT_SILENT",
                            "AGENT_REFUSED",
                            "AGENT_UNSUPPORTED",
                            "AGENT_ERROR",
                            "AGENT_BACKOFF",
                            "GUEST_LOCKED",
                            "BAD_NET_LINE",
                            "NO_MAC",
                            "DUPLICATE_MAC",
                            "POOL_UNKNOWN",
                            "STATUS_UNKNOWN",
                            "ADDRESSES_STALE",
                            "TRUNCATED"),
            Scope.SINK, List.of("SINK_UNREACHABLE", "SINK_REJECTED", "SINK_PAUSED"));

    @ParameterizedTest
    @EnumSource
    void hasExactlyTheseWordsInEachScope(Scope scope) {
        List<String> words = Arrays.stream(Reason.values())
                .filter(reason -> reason.scope() == scope)
                .map(Reason::name)
                .toList();
        assertThat(words).containsExactlyInAnyOrderElementsOf(LIST.get(scope));
    }

    @ParameterizedTest
    @CsvSource({"CLUSTER, false", "NODE, false", "GUEST, false", "SKIPPED, true", "PART, true", "SINK, true"})
    void theScopeDecidesWhetherTheRunIsComplete(Scope scope, boolean complete) {
        LIST.get(scope)
                .forEach(word ->
                        assertThat(Reason.valueOf(word).keepsRunComplete()).isEqualTo(complete));
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonTellsWhatTheOperatorCanDo(Reason reason) {
        assertThat(reason.remedy()).isNotBlank();
    }

    @Test
    void everyStateOfAnAgentButOkAndOffHasItsNote() {
        assertThat(Arrays.stream(AgentState.values())
                        .map(state -> state.text() + " "
                                + state.reason().map(Reason::name).orElse("-")))
                .containsExactlyInAnyOrder(
                        "ok -",
                        "off -",
                        "silent AGENT_SILENT",
                        "refused AGENT_REFUSED",
                        "unsupported AGENT_UNSUPPORTED",
                        "locked GUEST_LOCKED",
                        "error AGENT_ERROR");
    }
}
