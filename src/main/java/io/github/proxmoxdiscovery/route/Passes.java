package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestList;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Reading;
import io.github.proxmoxdiscovery.run.Reading.Aside;
import io.github.proxmoxdiscovery.run.Reading.Obstacle;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passes in which the guests of a run are read (docs/decisions/0014): what met an obstacle in one of them is read
 * in the next, if there is a way round.
 */
public final class Passes {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private final Clusters clusters;
    private final ApiAddresses addresses;

    Passes(Clusters clusters, ApiAddresses addresses) {
        this.clusters = clusters;
        this.addresses = addresses;
    }

    /** The lanes in which the guests of a pass are read, side by side. */
    public List<Iterator<Guest>> lanes(@Variable("run") ClusterRun run) {
        ClusterSettings settings = clusters.get(run.getCluster()).settings();
        return run.getReading().lanes(settings.nodeConcurrency(), settings.concurrency());
    }

    /** Guests whose node or address could not be reached are read in another way if there is one, or else fail. */
    public void goRound(@Variable("run") ClusterRun run) {
        Reading reading = run.getReading();
        boolean reachedAny = reading.hasAnswers();
        List<Aside> ofNodes = new ArrayList<>(reading.takeAside(Obstacle.NODE));
        List<Aside> throughEntry = leaveDirect(run, ofNodes);
        ofNodes.removeAll(throughEntry);
        List<Aside> ofAddress = reading.takeAside(Obstacle.ADDRESS);
        List<Aside> elsewhere = new ArrayList<>(ofAddress);
        if (!reachedAny) {
            // A node that reaches none of the others is no better than one that cannot be reached.
            elsewhere.addAll(ofNodes);
        }
        boolean movedOn =
                !elsewhere.isEmpty() && addresses.moveOn(run, elsewhere.get(0).message());
        if (movedOn) {
            reading.moved();
            ofNodes.removeAll(elsewhere);
            again(reading, elsewhere);
        } else {
            // What is wrong with a guest's node is told, and not that no other address helped.
            ofAddress.stream().map(reading::firstOfNode).forEach(aside -> failed(run, aside));
        }
        again(reading, throughEntry);
        ofNodes.forEach(aside -> failed(run, aside));
    }

    /** Those whose node could not be reached at its own address: the entry node may know a way. */
    private List<Aside> leaveDirect(ClusterRun run, List<Aside> ofNodes) {
        ClusterContext cluster = clusters.get(run.getCluster());
        // A guest that timed out before its node was given up is one of them.
        Set<String> nodes = ofNodes.stream()
                .filter(aside -> aside.reason() == Reason.NODE_OFFLINE)
                .map(aside -> aside.guest().node())
                .filter(cluster::isDirect)
                .collect(Collectors.toSet());
        nodes.forEach(node -> {
            cluster.throughEntry(node);
            LOG.warn(
                    "{}: {} is asked through {}: it cannot be reached itself",
                    run.getCluster(),
                    node,
                    cluster.address());
        });
        return ofNodes.stream()
                .filter(aside -> nodes.contains(aside.guest().node()))
                .toList();
    }

    private static void again(Reading reading, List<Aside> aside) {
        reading.add(aside.stream().map(Aside::guest).toList());
    }

    private static void failed(ClusterRun run, Aside aside) {
        if (aside.reason() == Reason.NODE_OFFLINE) {
            run.failedWithNode(aside.guest(), aside.message());
        } else {
            run.failed(aside.guest(), aside.reason(), aside.message());
        }
    }

    /** Guests that were not where they were listed, by a list that is newer: they are read where they are now. */
    public void moved(@Variable("run") ClusterRun run, @Variable("guestsNow") JsonNode rows) {
        GuestList list = GuestList.parse(rows);
        for (Aside aside : run.getReading().takeAside(Obstacle.NOT_THERE)) {
            Guest guest = aside.guest();
            Optional<Guest> now = list.find(guest.type(), guest.vmid(), guest.node());
            now.ifPresent(run::moved);
            run.getReading().add(now.stream().toList());
            if (now.isEmpty()) {
                run.gone(guest, aside.message());
            }
        }
    }

    /** The newer list could not be had: nobody knows whether these guests moved or are gone. */
    public void whereaboutsUnknown(@Variable("run") ClusterRun run, Exchange exchange) {
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        for (Aside aside : run.getReading().takeAside(Obstacle.NOT_THERE)) {
            run.failed(
                    aside.guest(),
                    failure.reason() == Reason.DEADLINE ? Reason.DEADLINE : Reason.SERVER_ERROR,
                    aside.message() + ", and where it is now could not be asked: " + failure.message());
        }
    }
}
