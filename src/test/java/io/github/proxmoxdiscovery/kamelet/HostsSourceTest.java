package io.github.proxmoxdiscovery.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kamelet:proxmox-hosts-source} in an application that has nothing but our jar. */
class HostsSourceTest {

    @TempDir
    private Path folder;

    private static SimulatedCluster.Builder cluster(int guests) {
        SimulatedCluster.Builder cluster = Discovery.cluster();
        for (int vmid = 101; vmid <= 100 + guests; vmid++) {
            cluster.guest(SimulatedGuest.qemu(vmid, "web-" + vmid)
                    .config("net0", "virtio=BC:24:11:00:00:" + (vmid - 90) + ",bridge=vmbr0"));
        }
        return cluster;
    }

    @Test
    void tellsEveryHostOnce() throws Exception {
        try (SimulatedCluster cluster = cluster(3).start();
                OtherProcess application = OtherProcess.in(folder)
                        .property("url", cluster.url())
                        .property("fp", cluster.fingerprint())
                        .property("secret", Discovery.SECRET)
                        .route("hosts", """
                        - route:
                            id: hosts
                            from:
                              uri: kamelet:proxmox-hosts-source
                              parameters:
                                url: "{{url}}"
                                tokenId: "discovery@pve!test"
                                tokenSecret: "{{secret}}"
                                fingerprint: "{{fp}}"
                                cluster: lab
                              steps:
                                - log: "got ${header.id}"
                                - setBody: {simple: "${headers} ${body}"}
                                - to: "file:.?fileName=hosts&fileExist=Append&appendChars=\\\\n"
                        """)
                        .start("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + System.getProperty("lvl", "info"))) {
            List<String> lines = application.awaitLines("hosts", 3);
            application.stop();
            System.out.println(application.log());
            System.out.println(String.join("\n", lines));
            assertThat(application.log()).doesNotContain(Discovery.SECRET);
        }
    }
}
