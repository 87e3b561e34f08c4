package io.github.proxmoxdiscovery.kamelet;

import org.apache.camel.main.Main;

/** Another Camel application, the smallest there is: its routes are YAML on its class path. */
public final class OtherApplication {

    private OtherApplication() {}

    public static void main(String[] arguments) throws Exception {
        Main main = new Main(OtherApplication.class);
        main.run(arguments);
    }
}
