package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** The port of one node: takes connections, each with a daemon thread of its own. */
final class HttpsListener implements AutoCloseable {

    /** What is done with a connection. */
    @FunctionalInterface
    interface Service {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Service service;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpsListener::daemon);

    HttpsListener(Service service) {
        this.service = service;
        try {
            server = new ServerSocket(0, 500, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::acceptAll);
    }

    String url() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    /** Ends all at once: the port, the connections, and whatever their threads wait for. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
            sockets.forEach(HttpsListener::closeQuietly);
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                // The listener is being closed; a connection that failed to come up is its client's affair.
            }
        }
        sockets.forEach(HttpsListener::closeQuietly);
    }

    private void serve(Socket socket) {
        try (socket) {
            service.serve(socket);
        } catch (IOException | InterruptedException e) {
            // The client went away, or the cluster is being closed: both end the connection and nothing else.
        } finally {
            sockets.remove(socket);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed to the other side as well.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "simulated-cluster");
        thread.setDaemon(true);
        return thread;
    }
}
