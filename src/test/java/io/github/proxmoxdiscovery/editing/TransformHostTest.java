package io.github.proxmoxdiscovery.editing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** How a user can test an edited route file alone: with Camel's own test support, no cluster and no sink. */
class TransformHostTest extends CamelTestSupport {

    private final Kept kept = new Kept();

    /** Stands in for the bean guests, which keeps the hosts for the delivery. */
    public static final class Kept {

        private String json = "";

        public void keep(String message) {
            json = message;
        }
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getRegistry().bind("guests", kept);
        for (String file : new String[] {"0-errors", "transform/transform-host"}) {
            Path path = Path.of("routes", file + ".camel.yaml").toAbsolutePath();
            Resource resource = PluginHelper.getResourceLoader(context).resolveResource("file:" + path);
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        }
        return context;
    }

    @Test
    void keepsTheHostAsJsonWithItsKeysInTheirOrder() {
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("id", "lab/qemu/101/net0");
        host.put("mac", "bc:24:11:00:00:01");
        host.put("switch_port", null);
        template.sendBody("direct:transform-host", host);
        assertThat(kept.json)
                .isEqualTo("{\"id\":\"lab/qemu/101/net0\",\"mac\":\"bc:24:11:00:00:01\",\"switch_port\":null}");
    }
}
