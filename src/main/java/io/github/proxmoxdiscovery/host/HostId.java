package io.github.proxmoxdiscovery.host;

/**
 * Names an interface of a guest for good: unchanged by migration, rename and a change of its MAC.
 *
 * @param cluster the configured name of the cluster
 * @param vmid 100 to 999999999
 * @param key {@code net0} to {@code net31}
 */
public record HostId(String cluster, GuestType type, long vmid, String key) {

    public String text() {
        return cluster + "/" + type.text() + "/" + vmid + "/" + key;
    }
}
