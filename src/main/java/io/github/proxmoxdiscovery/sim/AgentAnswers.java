package io.github.proxmoxdiscovery.sim;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code …/agent/…}: Proxmox refuses first, then asks the agent (PVE/API2/Qemu/Agent.pm, QemuServer/Agent.pm). */
final class AgentAnswers {

    private static final Map<String, String> DEBIAN = Map.of(
            "id", "debian",
            "name", "Debian GNU/Linux",
            "pretty-name", "Debian GNU/Linux 12 (bookworm)",
            "version", "12 (bookworm)",
            "version-id", "12",
            "machine", "x86_64",
            "kernel-release", "6.1.0",
            "kernel-version", "#1 SMP");

    /** Counters are unsigned and may be larger than a Java long; one always is, to keep readers honest. */
    private static final Map<String, @Nullable Object> STATISTICS = new Fields()
            .zero("rx-dropped", "rx-errs", "tx-dropped", "tx-errs")
            .put("rx-packets", 10)
            .put("tx-packets", 10)
            .put("tx-bytes", 840)
            .put("rx-bytes", new BigInteger("18446744073709551615"))
            .map();

    private final Inventory inventory;
    private final Supplier<Latency> latency;

    AgentAnswers(Inventory inventory, Supplier<Latency> latency) {
        this.inventory = inventory;
        this.latency = latency;
    }

    Object interfaces(Call call) throws ApiException, InterruptedException {
        return result(
                call,
                "guest-network-get-interfaces",
                guest -> guest.interfaces().stream().map(AgentAnswers::seen).toList());
    }

    Object hostName(Call call) throws ApiException, InterruptedException {
        return result(
                call,
                "guest-get-host-name",
                guest -> Map.of("host-name", twiceEncoded(guest.hostName().orElseGet(guest::listedName))));
    }

    Object osInfo(Call call) throws ApiException, InterruptedException {
        return result(call, "guest-get-osinfo", guest -> DEBIAN);
    }

    private Object result(Call call, String command, Function<SimulatedGuest, Object> result)
            throws ApiException, InterruptedException {
        SimulatedGuest guest = ConfigAnswers.guest(inventory, call);
        // Only whether the entry is there is checked: with "agent: 0" a running agent answers.
        if (guest.line("agent") == null) {
            throw ApiException.died("No QEMU guest agent configured");
        }
        if (!guest.running()) {
            throw ApiException.died("VM " + guest.vmid() + " is not running");
        }
        Thread.sleep(delay(guest.agent()).toMillis());
        return switch (guest.agent().kind()) {
            case OK -> Map.of("result", result.apply(guest));
            case RAW -> Map.of("result", new ShuffledJson.Raw(guest.agent().payload()));
            case DEAD -> throw ApiException.died("QEMU guest agent is not running");
            case STALLED ->
                throw ApiException.died("VM " + guest.vmid() + " qga command '" + command + "' failed - got timeout");
        };
    }

    private Duration delay(AgentState agent) {
        Latency usual = latency.get();
        return Optional.ofNullable(agent.delay()).orElseGet(() -> switch (agent.kind()) {
            case OK, RAW -> usual.guestCall();
            case DEAD -> usual.deadAgent();
            case STALLED -> usual.stalledAgent();
        });
    }

    /** qemu, qga/commands-posix.c: addresses are absent where there are none, and only the name is certain. */
    private static Map<String, @Nullable Object> seen(GuestInterface network) {
        Fields fields = Fields.of("name", twiceEncoded(network.name()))
                .putIfKnown("hardware-address", network.hardwareAddress());
        List<Map<String, @Nullable Object>> addresses = new ArrayList<>();
        for (String address : network.addresses()) {
            addresses.add(Fields.of("ip-address", GuestInterface.withoutPrefix(address))
                    .put("ip-address-type", GuestInterface.isIpv6(address) ? "ipv6" : "ipv4")
                    .put("prefix", GuestInterface.prefix(address))
                    .map());
        }
        return fields.putIf(!addresses.isEmpty(), "ip-addresses", addresses)
                .putIf(network.statistics(), "statistics", STATISTICS)
                .map();
    }

    /** QMPClient.pm takes the bytes of UTF-8 for characters, and the API encodes those once more. */
    private static String twiceEncoded(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
