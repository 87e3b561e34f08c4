package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.host.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant END = Instant.parse("2026-11-23T12:00:03.1209Z");
    private static final String RUN_ID = "019ab000-0000-7000-8000-000000000001";

    @Test
    void writesEveryKeyInTheOrderOfTheContract() {
        NodeTally tally = new NodeTally("pve1", false);
        tally.listed();
        tally.failed(Reason.FORBIDDEN);
        Map<String, Object> privileges = new LinkedHashMap<>();
        privileges.put("version", "9.0");
        privileges.put("missing", List.of("VM.GuestAgent.Audit"));
        privileges.put("limited_to", List.of("/pool/shop"));
        Map<String, Long> pending = new LinkedHashMap<>();
        pending.put("file", 0L);
        pending.put("kafka", 3L);
        RunReport report = new RunReport(
                RUN_ID,
                "lab",
                RunKind.FULL,
                START,
                END,
                false,
                new RunReport.Guests(1, 0, 0, 1),
                0,
                List.of(tally.toMap()),
                pending,
                List.of(new Failure("lab/qemu/101", Reason.DEADLINE, "was not reached in this run")),
                privileges,
                null);

        String json = report.toJson();

        String expected = """
                {"schema_version":1,"run_id":"019ab000-0000-7000-8000-000000000001","cluster":"lab","kind":"full",\
                "started_at":"2026-11-23T12:00:00.000Z","finished_at":"2026-11-23T12:00:03.120Z","complete":false,\
                "guests":1,"read":0,"skipped":0,"failed":1,"hosts":0,"nodes":[{"node":"pve1","status":"failed",\
                "guests":1,"read":0,"skipped":0,"failed":1,"hosts":0,"reason":"FORBIDDEN"}],"delivered":{\
                "file":{"ok":0,"failed":0,"pending":0},"kafka":{"ok":0,"failed":0,"pending":3}},"errors":[{\
                "where":"lab/qemu/101","reason":"DEADLINE","message":"was not reached in this run",\
                "remedy":"The run ended before this guest's turn. If it happens again, raise \
                discovery.run-deadline, or see what is slow."}],"privileges":{\
                "version":"9.0","missing":["VM.GuestAgent.Audit"],"limited_to":["/pool/shop"]},"removals":null}""";
        assertThat(json).isEqualTo(expected);
        MessageSchema.validateReport(json);
    }

    @Test
    void theLogLineCountsWhatHappenedByItsReason() {
        RunReport report = new RunReport(
                RUN_ID,
                "lab",
                RunKind.FULL,
                START,
                END,
                false,
                new RunReport.Guests(6, 3, 1, 2),
                7,
                List.of(),
                Map.of(),
                List.of(
                        new Failure("lab/qemu/101", Reason.TIMEOUT, "x"),
                        new Failure("lab/qemu/103", Reason.AGENT_SILENT, "x"),
                        new Failure("lab/qemu/102", Reason.TIMEOUT, "x")),
                null,
                null);
        assertThat(report.toLine())
                .isEqualTo("lab: INCOMPLETE run of 3.1 s, 6 guests = 3 read + 1 skipped + 2 failed, 7 hosts"
                        + " (TIMEOUT 2, AGENT_SILENT 1)");
    }
}
