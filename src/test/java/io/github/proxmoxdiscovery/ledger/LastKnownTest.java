package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run was not told stays as it was known. */
class LastKnownTest {

    private static final String OBSERVED =
            "{'address':'10.0.0.5','prefix':24,'source':'agent','observed_at':'1','stale':false}";
    private static final String CONFIGURED =
            "{'address':'10.0.0.9','prefix':24,'source':'config','observed_at':'2','stale':false}";

    private static ObjectNode host(String mac, String agent, String addresses, String notes) {
        String ip = addresses.isEmpty() ? "" : addresses.contains("10.0.0.5") ? "'10.0.0.5'" : "'10.0.0.9'";
        String names = addresses.contains("agent") ? "'eth0'" : "";
        return Objects.requireNonNull(ChangeRules.tree(("{'mac':'" + mac + "','ip_addresses':[" + ip + "],'proxmox':{"
                        + "'status':'running','pool':'shop','agent':" + agent + ",'addresses':[" + addresses + "],"
                        + "'interface':{'name':" + (names.isEmpty() ? "null" : names) + ",'guest_interfaces':[" + names
                        + "]},'notes':[" + notes + "]}}")
                .replace('\'', '"')));
    }

    private static ObjectNode known() {
        return host("aa", "'ok'", OBSERVED, "");
    }

    @ParameterizedTest
    @CsvSource({"silent", "refused", "unsupported", "locked", "error"})
    void addressesStayWhileTheAgentDoesNotTell(String agent) {
        ObjectNode now = host("aa", "'" + agent + "'", "", "'AGENT_SILENT'");
        assertThat(LastKnown.fillIn(known(), now)).isTrue();
        assertThat(now.toString().replace('"', '\''))
                .isEqualTo("{'mac':'aa','ip_addresses':['10.0.0.5'],'proxmox':{'status':'running','pool':'shop',"
                        + "'agent':'" + agent + "','addresses':[" + OBSERVED.replace("false", "true") + "],"
                        + "'interface':{'name':'eth0','guest_interfaces':['eth0']},"
                        + "'notes':['AGENT_SILENT','ADDRESSES_STALE']}}");
    }

    @Test
    void whatIsConfiguredDoesNotReplaceWhatWasObserved() {
        ObjectNode now = host("aa", "'silent'", CONFIGURED, "'ADDRESSES_STALE'");
        assertThat(LastKnown.fillIn(known(), now)).isTrue();
        assertThat(now.path("ip_addresses").toString()).isEqualTo("[\"10.0.0.5\"]");
        assertThat(now.path("proxmox").path("notes")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"aa, 'ok'", "aa, 'off'", "bb, 'silent'", "aa, null"})
    void addressesGoWhenTheAgentSaysSoOrTheGuestIsOffOrTheCardIsAnother(String mac, String agent) {
        ObjectNode now = host(mac, agent.equals("null") ? agent : "'" + agent.replace("'", "") + "'", "", "");
        assertThat(LastKnown.fillIn(known(), now)).isFalse();
        assertThat(now.path("ip_addresses")).isEmpty();
    }

    @Test
    void addressesThatWereObservedNowCount() {
        ObjectNode now = host("aa", "'silent'", OBSERVED.replace("10.0.0.5", "10.0.0.6"), "");
        assertThat(LastKnown.fillIn(known(), now)).isFalse();
    }

    @Test
    void configuredAddressesAreNotKept() {
        ObjectNode now = host("aa", "'silent'", "", "");
        assertThat(LastKnown.fillIn(host("aa", "'silent'", CONFIGURED, ""), now))
                .isFalse();
    }

    @Test
    void thePoolStaysWhileItMustNotBeSeen() {
        ObjectNode now = host("aa", "'ok'", OBSERVED, "'POOL_UNKNOWN'");
        ((ObjectNode) now.path("proxmox")).putNull("pool");
        assertThat(LastKnown.fillIn(known(), now)).isTrue();
        assertThat(now.path("proxmox").path("pool").asText()).isEqualTo("shop");
    }

    @Test
    void aGuestThatIsInNoPoolAnyMoreIsInNone() {
        ObjectNode now = host("aa", "'ok'", OBSERVED, "");
        ((ObjectNode) now.path("proxmox")).putNull("pool");
        assertThat(LastKnown.fillIn(known(), now)).isFalse();
    }

    @Test
    void theStatusStaysWhileNobodyKnowsIt() {
        ObjectNode now = host("aa", "'ok'", OBSERVED, "");
        ((ObjectNode) now.path("proxmox")).put("status", "unknown");
        assertThat(LastKnown.fillIn(known(), now)).isTrue();
        assertThat(now.path("proxmox").path("status").asText()).isEqualTo("running");
    }

    @Test
    void aMessageThatAUserMadeAnotherIsLeftAlone() {
        ObjectNode now = Objects.requireNonNull(ChangeRules.tree("{\"ip\":\"10.0.0.5\"}"));
        assertThat(LastKnown.fillIn(known(), now)).isFalse();
        assertThat(LastKnown.fillIn(now, known())).isFalse();
    }
}
