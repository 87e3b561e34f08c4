package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the nodes are, as the cluster tells it. */
class NodeAddressesTest {

    private static final String ENTRY = "https://pve1.example.com:8443";

    private static Map<String, String> parse(String rows) throws JsonProcessingException {
        return NodeAddresses.parse(new ObjectMapper().readTree(rows), ENTRY);
    }

    @Test
    void eachNodeThatIsOnlineIsAtItsAddressWithThePortOfTheEntry() throws JsonProcessingException {
        assertThat(parse("""
                [{"type":"cluster","name":"lab","nodes":3,"quorate":1},
                 {"type":"node","name":"pve1","ip":"10.0.0.1","online":1,"local":1},
                 {"type":"node","name":"pve2","ip":"fd00::2","online":1},
                 {"type":"node","name":"pve3","ip":"10.0.0.3","online":0}]"""))
                .containsOnly(Map.entry("pve1", "https://10.0.0.1:8443"), Map.entry("pve2", "https://[fd00::2]:8443"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "null",
                "[7,null,[]]",
                "[{\"type\":\"node\",\"name\":\"pve1\",\"online\":1}]",
                "[{\"type\":\"node\",\"name\":\"pve1\",\"ip\":null,\"online\":1}]",
                "[{\"type\":\"node\",\"name\":\"pve1\",\"ip\":\"pve1.example.com\",\"online\":1}]",
                "[{\"type\":\"node\",\"name\":\"pve1\",\"ip\":\"10.0.0.1@evil.example.com\",\"online\":1}]",
                "[{\"type\":\"node\",\"name\":\"../access\",\"ip\":\"10.0.0.1\",\"online\":1}]",
                "[{\"type\":\"node\",\"ip\":\"10.0.0.1\",\"online\":1}]",
            })
    void whatIsNoAddressOfANodeIsLeftOut(String rows) throws JsonProcessingException {
        assertThat(parse(rows)).isEmpty();
    }
}
