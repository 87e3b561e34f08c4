package io.github.proxmoxdiscovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostTableTest {

    private static String printed(String... messages) throws JsonProcessingException {
        StringWriter out = new StringWriter();
        HostTable.of(List.of(messages)).printTo(new PrintWriter(out, true));
        return out.toString();
    }

    @Test
    void noNameCanTakeHoldOfTheTerminal() throws JsonProcessingException {
        String table = printed(
                "{\"id\":\"a\",\"hostname\":\"\\u001b[2J\\u009b31m\\r\\n\\u0000\\u202Eevil\\u2028\",\"proxmox\":{\"vmid\":101,"
                        + "\"type\":\"qemu\",\"interface\":{\"key\":\"net0\",\"name\":\"\\u0007\"}}}");
        assertThat(table.lines()).hasSize(2);
        assertThat(table.replace("\n", ""))
                .matches("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]*")
                .contains("evil");
    }

    @Test
    void guestsStandInTheOrderOfTheirNumbersInColumnsThatAreWideEnough() throws JsonProcessingException {
        String table = printed(
                "{\"id\":\"lab/qemu/1000/net0\",\"hostname\":\"a\",\"proxmox\":{\"vmid\":1000,\"type\":\"qemu\"}}",
                "{\"id\":\"lab/lxc/200/net0\",\"hostname\":\"a-long-name\",\"proxmox\":{\"vmid\":200,\"type\":\"lxc\"}}");
        List<String> lines = table.lines().toList();
        assertThat(lines.get(1)).startsWith("lxc/200 a-long-name  ");
        assertThat(lines.get(2)).startsWith("qemu/1000 a          ");
    }

    @Test
    void anEmptyTableHasItsHeadings() throws JsonProcessingException {
        assertThat(printed()).startsWith("GUEST").hasLineCount(1);
    }
}
