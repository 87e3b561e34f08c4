package harness;

/** A row of the list of guests. */
record PlainGuest(String type, String vmid, String node, boolean running) {

    boolean isContainer() {
        return type.equals("lxc");
    }
}
