package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.InputStream;
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

    /** Until one side closes the connection; whatever the client sends meanwhile is lost. */
    void awaitClose() throws IOException {
        tcp.setSoTimeout(0);
        InputStream in = tls.getInputStream();
        while (in.read() >= 0) {
            in.skip(in.available());
        }
    }

    void reset() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }
}
