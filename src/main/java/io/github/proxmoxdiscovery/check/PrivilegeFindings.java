package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.pve.Need;
import io.github.proxmoxdiscovery.pve.PrivilegeCommands;
import io.github.proxmoxdiscovery.pve.PrivilegeReview;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What is found of the privileges, with the commands that grant what is missing. */
final class PrivilegeFindings {

    private static final String PRIVILEGE = "privilege";

    private final ClusterSettings cluster;
    private final PrivilegeReview review;
    private final Set<String> pools;
    private final PrivilegeCommands commands;

    PrivilegeFindings(ClusterSettings cluster, PrivilegeReview review, Set<String> pools) {
        this.cluster = cluster;
        this.review = review;
        this.pools = pools;
        this.commands = PrivilegeCommands.of(cluster.login().account());
    }

    List<Finding> all() {
        return Arrays.stream(Need.values()).map(this::of).toList();
    }

    private Finding of(Need need) {
        String privileges = String.join(" or ", need.privileges(review.version()));
        if (review.lacks(need)) {
            boolean fails = need == Need.GUESTS || need == Need.POOLS && !pools.isEmpty();
            String found = privileges + " is granted nowhere; without it, " + need.without();
            return finding(fails, need, found, "Grant it");
        }
        if (review.isLimited(need)) {
            String found = privileges + " is granted on " + String.join(", ", review.parts(need)) + " only";
            return finding(false, need, found, "That may be what you want. If not, grant it");
        }
        return Finding.ok(cluster.name(), PRIVILEGE, review.granted(need) + " is granted on all of " + need.path());
    }

    private Finding finding(boolean fails, Need need, String found, String grant) {
        String remedy = grant + (commands.token().isPresent() ? " to both the token and its user" : "")
                + ", on a node of the cluster, as root"
                + PrivilegeCommands.warning(need, review.version())
                        .map(text -> ". Beware: " + text + ":")
                        .orElse(":");
        List<String> lines = commands.granting(need, review.version());
        return fails
                ? Finding.fail(cluster.name(), PRIVILEGE, found, remedy, lines)
                : Finding.warn(cluster.name(), PRIVILEGE, found, remedy, lines);
    }
}
