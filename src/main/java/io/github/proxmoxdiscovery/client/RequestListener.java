package io.github.proxmoxdiscovery.client;

/** Is told of each request to one cluster, by the thread that asks. */
public interface RequestListener {

    /** Nobody wants to know. */
    RequestListener NONE = new RequestListener() {
        @Override
        public void asking(String node) {}

        @Override
        public void asked(Asked asked) {}
    };

    /**
     * A request goes out.
     *
     * @param node that its path names, or empty
     */
    void asking(String node);

    /** It is over. */
    void asked(Asked asked);
}
