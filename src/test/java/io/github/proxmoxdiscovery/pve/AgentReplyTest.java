package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.AgentState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentReplyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    500 ; 500 No QEMU guest agent configured                                                           ; OFF
                    500 ; 500 VM 150 is not running                                                                    ; OFF
                    500 ; 500 QEMU guest agent is not running                                                          ; SILENT
                    500 ; 500 VM 105 qga command 'guest-network-get-interfaces' failed - got timeout                   ; SILENT
                    500 ; 500 VM 105 qga command 'guest-ping' failed - got timeout                                     ; SILENT
                    500 ; 500 VM 105 qga command 'guest-network-get-interfaces' failed - unable to connect             ; ERROR
                    500 ; 500 The command guest-network-get-interfaces has been disabled                               ; UNSUPPORTED
                    500 ; 500 The command guest-network-get-interfaces has not been found                              ; UNSUPPORTED
                    501 ; 501 Method 'GET /nodes/pve1/lxc/300/interfaces' not implemented                              ; UNSUPPORTED
                    403 ; 403 Permission check failed (/vms/101, VM.GuestAgent.Audit|VM.Monitor)                       ; REFUSED
                    595 ; 595 Connection refused                                                                       ; ERROR
                    596 ; 596 Connection timed out                                                                     ; ERROR
                    500 ; 500                                                                                          ; ERROR
                    0   ; could not be handled                                                                         ; ERROR
                    """)
    void anErrorStatusTellsTheState(int status, String message, AgentState expected) {
        AgentReply reply = AgentReply.ofFailure(status, message);
        assertThat(reply.state()).isEqualTo(expected);
        assertThat(reply.message()).isEqualTo(message);
        assertThat(reply.interfaces()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"result": []}                                                         | OK
                    {"result": [{"name": "lo"}]}                                           | OK
                    {"result": [1, "x", null, [], {"ip-addresses": {"x": 1}}]}             | OK
                    {"result": {"error": {"class": "CommandNotFound", "desc": "x"}}}       | UNSUPPORTED
                    {"result": {"error": {"class": "CommandDisabled", "desc": "x"}}}       | UNSUPPORTED
                    {"result": {"error": {"class": "Unsupported", "desc": "x"}}}           | UNSUPPORTED
                    {"result": {"error": {"class": "GenericError", "desc": "x has been disabled"}}} | UNSUPPORTED
                    {"result": {"error": {"class": "GenericError", "desc": "x"}}}          | ERROR
                    {"result": {"error": {}}}                                              | ERROR
                    {"result": {"error": "x"}}                                             | ERROR
                    {"result": {}}                                                         | ERROR
                    {"result": null}                                                       | ERROR
                    {"result": "x"}                                                        | ERROR
                    {}                                                                     | ERROR
                    []                                                                     | ERROR
                    null                                                                   | ERROR
                    """)
    void aQemuAgentAnswersWithStatus200EvenIfItFails(String data, AgentState expected) throws Exception {
        AgentReply reply = AgentReply.ofQemu(JSON.readTree(data));
        assertThat(reply.state()).isEqualTo(expected);
        assertThat(reply.message().isEmpty()).isEqualTo(expected == AgentState.OK);
        assertThat(reply.message()).doesNotContain("null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    null             | OFF
                    []               | OK
                    [{"name": "lo"}] | OK
                    {}               | ERROR
                    "x"              | ERROR
                    """)
    void aContainerAnswersWithAListOrNull(String data, AgentState expected) throws Exception {
        assertThat(AgentReply.ofLxc(JSON.readTree(data)).state()).isEqualTo(expected);
    }

    @Test
    void whoIsNotAskedSaysNothing() {
        assertThat(AgentReply.off().state()).isEqualTo(AgentState.OFF);
        assertThat(AgentReply.locked("backup").state()).isEqualTo(AgentState.LOCKED);
        assertThat(AgentReply.locked("backup").message()).contains("backup");
        assertThat(AgentReply.ofTimeout("no answer in 15 s").state()).isEqualTo(AgentState.SILENT);
    }

    @Test
    void aRowThatMakesNoSenseHarmsNoOther() throws Exception {
        JsonNode data = JSON.readTree("""
                {"result": [{"name": 7, "hardware-address": {}, "ip-addresses": "x"},
                            {"name": null, "hardware-address": "BC:24:11:00:00:01",
                             "ip-addresses": [null, {"ip-address": "10.0.0.1", "prefix": 24.5}]}]}
                """);
        AgentReply reply = AgentReply.ofQemu(data);
        assertThat(reply.interfaces()).hasSize(2);
        assertThat(reply.interfaces().get(0).mac()).isEmpty();
        assertThat(reply.interfaces().get(0).addresses()).isEmpty();
        assertThat(reply.interfaces().get(1).name()).isEmpty();
        assertThat(reply.interfaces().get(1).mac()).hasToString("Optional[bc:24:11:00:00:01]");
        assertThat(reply.interfaces().get(1).addresses()).hasSize(1);
        assertThat(reply.interfaces().get(1).addresses().get(0).prefix()).isNull();
    }
}
