package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.Tls;
import io.github.proxmoxdiscovery.settings.SyslogSettings;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * How the sink syslog knows its server: by the authorities of the settings, and by its name, for Camel's netty cannot
 * look at that.
 */
final class SyslogTls extends SSLContextParameters {

    private final SyslogSettings settings;

    SyslogTls(SyslogSettings settings) {
        this.settings = settings;
    }

    @Override
    public SSLContext createSSLContext(CamelContext context) throws IOException {
        return Tls.context(settings.trust(), settings.host());
    }
}
