package io.github.proxmoxdiscovery.pve;

import java.util.List;
import java.util.Optional;

/**
 * The commands with which an administrator grants a token or user what it needs. An entry on a path replaces what is
 * inherited from above (PVE/AccessControl.pm), so each role here has all that is needed below its path.
 *
 * @param user {@code user@realm}
 * @param token {@code user@realm!tokenid}, whose own privileges count as well as its user's; empty for a login by
 *     password
 */
public record PrivilegeCommands(String user, Optional<String> token) {

    private static final String AUDITOR = "PVEAuditor";
    private static final String WITH_AGENT = "DiscoveryAgent";

    /** For a token or user, as Proxmox writes them. */
    public static PrivilegeCommands of(String tokenOrUser) {
        int mark = tokenOrUser.indexOf('!');
        return mark < 0
                ? new PrivilegeCommands(tokenOrUser, Optional.empty())
                : new PrivilegeCommands(tokenOrUser.substring(0, mark), Optional.of(tokenOrUser));
    }

    /** The lines to enter on a node of the cluster, as root. */
    public List<String> granting(Need need, PveVersion version) {
        if (need == Need.AGENT && !version.hasAgentPrivileges()) {
            return List.of(
                    "pveum role add " + WITH_AGENT + " --privs \"VM.Audit VM.Monitor\"", acl(need.path(), WITH_AGENT));
        }
        return List.of(acl(need.path(), AUDITOR));
    }

    /** The same as one line for a shell. */
    public String line(Need need, PveVersion version) {
        return String.join(" && ", granting(need, version));
    }

    /** What else there is to know before one of the lines is entered; empty if nothing. */
    public static Optional<String> warning(Need need, PveVersion version) {
        return need == Need.AGENT && !version.hasAgentPrivileges()
                ? Optional.of("VM.Monitor also allows commands to be run in guests (guest-exec): leave it out if that"
                        + " is too much")
                : Optional.empty();
    }

    private String acl(String path, String role) {
        String tokens = token.map(id -> " --tokens " + quoted(id)).orElse("");
        return "pveum acl modify " + path + " --users " + quoted(user) + tokens + " --roles " + role;
    }

    /** A shell takes an exclamation mark for a word of its history. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9@._-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
