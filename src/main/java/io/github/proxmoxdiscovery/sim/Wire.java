package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** The sending side of a connection, and the TCP socket below it, for what TLS would be too polite to do. */
record Wire(SSLSocket tls, Socket tcp) {

    void write(byte[] bytes) throws IOException {
        OutputStream out = tls.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }
}
