package io.github.proxmoxdiscovery.sim;

/** VM or container, with what differs by the type alone. */
public enum GuestType {
    QEMU("qemu", "qemu-server", "name", "VM "),
    LXC("lxc", "lxc", "hostname", "CT");

    private final String text;
    private final String configFolder;
    private final String nameKey;
    private final String madeUpPrefix;

    GuestType(String text, String configFolder, String nameKey, String madeUpPrefix) {
        this.text = text;
        this.configFolder = configFolder;
        this.nameKey = nameKey;
        this.madeUpPrefix = madeUpPrefix;
    }

    static GuestType of(String text) {
        return text.equals("lxc") ? LXC : QEMU;
    }

    String text() {
        return text;
    }

    /** The folder under {@code /etc/pve/nodes/<node>/}, which is part of an error message. */
    String configFolder() {
        return configFolder;
    }

    String nameKey() {
        return nameKey;
    }

    /** QemuServer.pm and LXC.pm vmstatus: the name that lists show for a guest without one. */
    String madeUpName(int vmid) {
        return madeUpPrefix + vmid;
    }
}
