package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guests that are known and not listed any more: gone, or hidden from the token. {@code /cluster/nextid} answers
 * everybody with an error if the number is taken (PVE/API2/Cluster.pm).
 */
public final class VanishedGuests {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    /** So many are asked about in one run; of the others this run tells nothing, and a later one asks. */
    private static final int MOST = 500;

    private static final int BAD_PARAMETER = 400;

    /** By a reverse proxy before the API: Proxmox answers everybody. */
    private static final Set<Integer> NOT_ALLOWED = Set.of(403, 404, 405, 501);

    private static final Pattern NAME = Pattern.compile("(?:qemu|lxc)/([0-9]{1,9})");

    private final Records records;

    VanishedGuests(Records records) {
        this.records = records;
    }

    /**
     * A guest that is not listed any more.
     *
     * @param name as {@code qemu/101}
     */
    public record Vanished(String name, long vmid) {}

    /**
     * The guests to ask about.
     *
     * @throws LedgerException when it cannot be told which there were
     */
    public List<Vanished> guests(@Variable("run") ClusterRun run, @Variable("guests") Map<Long, Guest> listed)
            throws LedgerException {
        List<Vanished> all = records.ledger().guests(run.getCluster()).stream()
                .flatMap(VanishedGuests::parse)
                .filter(guest -> !listed.containsKey(guest.vmid()))
                .toList();
        all.stream().skip(MOST).forEach(guest -> run.unasked(guest.name()));
        return all.stream().limit(MOST).toList();
    }

    private static Stream<Vanished> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Stream.of(new Vanished(name, Long.parseLong(matcher.group(1)))) : Stream.empty();
    }

    /**
     * The number is taken: the guest is there and cannot be seen. Where the question is not allowed, the other rules
     * stand alone; any other failure leaves open whether the guest exists, so that this look does not count.
     */
    public void notFree(@Variable("run") ClusterRun run, @Variable("vanished") Vanished guest, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        PveFailure failure = Failures.of(thrown);
        if (failure.status() == BAD_PARAMETER) {
            run.hidden(guest.name());
            return;
        }
        if (!NOT_ALLOWED.contains(failure.status())) {
            run.unasked(guest.name());
        }
        LOG.debug("{}: whether {} exists cannot be asked: {}", run.getCluster(), guest.name(), failure.message());
    }
}
