package io.github.proxmoxdiscovery.source;

import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** One address, behind which now one cluster is and now another, as after a name was given to another machine. */
final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Relay::daemon);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile URI target;

    Relay(SimulatedCluster first) throws IOException {
        target = URI.create(first.url());
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
    }

    String url() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    /** Connections that stand are ended. */
    void leadTo(SimulatedCluster other) throws IOException {
        target = URI.create(other.url());
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket cluster = new Socket(target.getHost(), target.getPort());
                sockets.add(client);
                sockets.add(cluster);
                threads.execute(() -> copy(client, cluster));
                threads.execute(() -> copy(cluster, client));
            } catch (IOException | RejectedExecutionException e) {
                // The relay is being closed.
            }
        }
    }

    /** Until one side ends its connection; then the other one's is ended. */
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side went away, which ends both.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
