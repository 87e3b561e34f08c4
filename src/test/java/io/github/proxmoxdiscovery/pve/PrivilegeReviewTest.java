package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivilegeReviewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Single quotes in the place of double ones; privileges of one letter: A VM.Audit, M Monitor, G agent, P pool. */
    private static PrivilegeReview review(int major, String permissions) throws JsonProcessingException {
        String json = permissions
                .replace('\'', '"')
                .replace("A:", "\"VM.Audit\":")
                .replace("M:", "\"VM.Monitor\":")
                .replace("U:", "\"VM.GuestAgent.Unrestricted\":")
                .replace("G:", "\"VM.GuestAgent.Audit\":")
                .replace("P:", "\"Pool.Audit\":");
        return new PrivilegeReview(new PveVersion(major + ".0", major), Permissions.parse(JSON.readTree(json)));
    }

    @ParameterizedTest(name = "{0}: PVE {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing at all      | 9 | {} | VM.Audit VM.GuestAgent.Audit Pool.Audit |",
                "nothing at all      | 8 | {} | VM.Audit VM.Monitor Pool.Audit |",
                "nothing at all      | 7 | {} | VM.Audit VM.Monitor Pool.Audit |",
                "all of it           | 9 | {'/vms':{A:1,G:1},'/pool':{P:1}} | |",
                "the other agent one | 9 | {'/vms':{A:1,U:1},'/pool':{P:1}} | |",
                "Monitor on 9        | 9 | {'/vms':{A:1,M:1},'/pool':{P:1}} | VM.GuestAgent.Audit |",
                "Monitor on 8        | 8 | {'/vms':{A:1,M:1},'/pool':{P:1}} | |",
                "a version to come   | 10 | {'/vms':{A:1,G:1},'/pool':{P:1}} | |",
                "one guest           | 9 | {'/vms/7':{A:0,G:0},'/pool':{P:1}} | | /vms/7",
                "one pool            | 9 | {'/pool/x':{A:1,G:1,P:1}} | | /pool/x",
                "all pools           | 9 | {'/pool':{A:1,G:1,P:1}} | | /pool",
                "agent of one pool   | 9 | {'/vms':{A:1},'/pool':{P:1},'/pool/x':{A:1,G:1,P:1}} | | /pool/x",
                "not handed down     | 9 | {'/':{A:1},'/vms':{A:0,G:1},'/pool':{P:1}} | VM.Audit |",
                "elsewhere           | 9 | {'/storage':{A:1,G:1,P:1}} | VM.Audit VM.GuestAgent.Audit Pool.Audit |"
            })
    void tellsWhatIsMissingAndWhatIsLimited(
            String name, int major, String permissions, String missing, String limitedTo)
            throws JsonProcessingException {
        PrivilegeReview review = review(major, permissions);
        assertThat(review.missing()).isEqualTo(words(missing));
        assertThat(review.limitedTo()).isEqualTo(words(limitedTo));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"7.4,7", "8.0,8", "9.2,9", "10.1,10"})
    void aVersionHasAMajorNumber(String release, int major) throws JsonProcessingException {
        assertThat(PveVersion.parse(JSON.readTree("{\"release\":\"" + release + "\"}")))
                .contains(new PveVersion(release, major));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"{}", "null", "[]", "{\"release\":9}", "{\"release\":\"nine\"}"})
    void whatIsNoVersionIsNone(String data) throws JsonProcessingException {
        assertThat(PveVersion.parse(JSON.readTree(data))).isEmpty();
    }

    @Test
    void theCommandsAreForThisTokenAndVersion() {
        PveVersion nine = new PveVersion("9.0", 9);
        PveVersion eight = new PveVersion("8.4", 8);
        PrivilegeCommands token = PrivilegeCommands.of("a@pve!b");
        String acl = "pveum acl modify /vms --users a@pve --tokens 'a@pve!b' --roles ";
        assertThat(token.granting(Need.GUESTS, eight)).containsExactly(acl + "PVEAuditor");
        assertThat(token.granting(Need.AGENT, nine)).containsExactly(acl + "PVEAuditor");
        assertThat(token.granting(Need.AGENT, eight))
                .containsExactly(
                        "pveum role add DiscoveryAgent --privs \"VM.Audit VM.Monitor\"", acl + "DiscoveryAgent");
        assertThat(token.granting(Need.POOLS, nine))
                .containsExactly("pveum acl modify /pool --users a@pve --tokens 'a@pve!b' --roles PVEAuditor");
        assertThat(PrivilegeCommands.of("o'neil@ad").granting(Need.GUESTS, nine))
                .containsExactly("pveum acl modify /vms --users 'o'\\''neil@ad' --roles PVEAuditor");
    }
}
