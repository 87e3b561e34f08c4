package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.GuestType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"agent": "1"}                               | true
                    {"agent": 1}                                 | true
                    {"agent": "enabled=1"}                       | true
                    {"agent": "enabled=1,fstrim_cloned_disks=1"} | true
                    {"agent": "type=isa,yes"}                    | true
                    {"agent": "1,freeze-fs-on-backup=0"}         | true
                    {"agent": "On"}                              | true
                    {"agent": "0"}                               | false
                    {"agent": 0}                                 | false
                    {"agent": "enabled=0,type=virtio"}           | false
                    {"agent": "fstrim_cloned_disks=1"}           | false
                    {"agent": "enabled=1,enabled=0"}             | false
                    {"agent": ""}                                | false
                    {"agent": null}                              | false
                    {"agent": {}}                                | false
                    {}                                           | false
                    """)
    void knowsWhetherTheAgentIsToBeAsked(String config, boolean expected) throws JsonProcessingException {
        assertThat(parse(GuestType.QEMU, config).agentEnabled()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"smbios1": "uuid=2F3C1C8E-0000-4000-8000-00000000000A"}             | 2f3c1c8e-0000-4000-8000-00000000000a
                    {"smbios1": "base64=1,uuid=2f3c1c8e-0000-4000-8000-00000000000a"}    | 2f3c1c8e-0000-4000-8000-00000000000a
                    {"vmgenid": "2f3c1c8e-0000-4000-8000-00000000000b"}                  | 2f3c1c8e-0000-4000-8000-00000000000b
                    {"smbios1": "serial=1", "vmgenid": "2f3c1c8e-0000-4000-8000-00000000000b"} | 2f3c1c8e-0000-4000-8000-00000000000b
                    {"smbios1": "uuid=x", "vmgenid": "2f3c1c8e-0000-4000-8000-00000000000b"} | 2f3c1c8e-0000-4000-8000-00000000000b
                    {"smbios1": "uuid=2f3c1c8e-0000-4000-8000-00000000000a", "vmgenid": "2f3c1c8e-0000-4000-8000-00000000000b"} | 2f3c1c8e-0000-4000-8000-00000000000a
                    {"vmgenid": "0"}                                                     |
                    {"smbios1": "uuid=2f3c1c8e000040008000000000000000a"}                |
                    {}                                                                   |
                    """)
    void tellsOneMachineFromTheNext(String config, String expected) throws JsonProcessingException {
        assertThat(parse(GuestType.QEMU, config).guestUuid()).isEqualTo(expected);
    }

    @Test
    void everyKindOfGuestHasItsOwnKeyForTheName() throws JsonProcessingException {
        String both = "{\"name\": \"vm\", \"hostname\": \"ct\"}";
        assertThat(parse(GuestType.QEMU, both).name()).isEqualTo("vm");
        assertThat(parse(GuestType.LXC, both).name()).isEqualTo("ct");
        assertThat(parse(GuestType.LXC, "{\"name\": \"vm\"}").name()).isNull();
        assertThat(parse(GuestType.QEMU, "{\"name\": \"\"}").name()).isNull();
    }

    @Test
    void aContainerHasNeitherAgentNorCloudInit() throws JsonProcessingException {
        GuestConfig config = parse(GuestType.LXC, "{\"agent\": \"1\", \"ipconfig0\": \"ip=10.0.0.1/24\"}");
        assertThat(config.agentEnabled()).isFalse();
        assertThat(config.ipConfigs()).isEmpty();
    }

    @Test
    void aConfigThatSaysNothingOfTagsDiffersFromOneWithoutTags() throws JsonProcessingException {
        assertThat(parse(GuestType.QEMU, "{}").tags()).isNull();
        assertThat(parse(GuestType.QEMU, "{\"tags\": \" ; \"}").tags()).isEmpty();
    }

    @Test
    void networkLinesComeInTheOrderOfTheirNumbers() throws JsonProcessingException {
        GuestConfig config = parse(
                GuestType.QEMU,
                "{\"net10\": \"c\", \"net9\": \"b\", \"net0\": \"a\", \"net31\": \"d\", \"net32\": \"x\", \"net01\": \"x\","
                        + " \"xnet1\": \"x\", \"net1x\": \"x\"}");
        assertThat(config.networkLines())
                .containsExactly(Map.entry(0, "a"), Map.entry(9, "b"), Map.entry(10, "c"), Map.entry(31, "d"));
    }

    private static GuestConfig parse(GuestType type, String json) throws JsonProcessingException {
        return GuestConfig.parse(type, JSON.readTree(json));
    }
}
