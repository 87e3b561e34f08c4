package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
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

    private static final int BACKLOG = 500;

    private static final int FULL_MILLIS = 200;

    /** Of a TLS record: type, version, length. */
    private static final int RECORD_HEADER = 5;

    /** Bound and never listening: refuses connections, and keeps the port while it is closed. */
    private final SocketChannel reservation;

    private final InetSocketAddress address;
    private final Service service;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(HttpsListener::daemon);
    private volatile PortState state = PortState.CLOSED;
    private ServerSocket server;
    private Thread acceptor = new Thread("never started");

    /**
     * Opens it.
     *
     * @param wanted port 0 for any
     * @throws IOException if the port is taken
     */
    HttpsListener(InetSocketAddress wanted, Service service) throws IOException {
        this.service = service;
        server = new ServerSocket();
        reservation = SocketChannel.open();
        try {
            reservation.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            reservation.bind(wanted);
            address = (InetSocketAddress) reservation.getLocalAddress();
            state(PortState.OPEN);
        } catch (IOException e) {
            reservation.close();
            throw e;
        }
    }

    int port() {
        return address.getPort();
    }

    String url() {
        return "https://" + address.getAddress().getHostAddress() + ":" + port();
    }

    /** Connections that stand are ended when it is no longer open. */
    synchronized void state(PortState wanted) throws IOException {
        PortState before = state;
        state = wanted;
        if (wanted != before) {
            sockets.forEach(HttpsListener::closeQuietly);
            sockets.clear();
        }
        if (!(wanted.accepts() && before.accepts())) {
            stopListening();
        }
        if (wanted == PortState.FULL) {
            fill();
        } else if (wanted.accepts() && !before.accepts()) {
            listen();
        }
    }

    /** Ends all at once: the port, the connections, and whatever their threads wait for. */
    @Override
    public void close() {
        try {
            state(PortState.CLOSED);
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
            sockets.forEach(HttpsListener::closeQuietly);
        }
    }

    private ServerSocket bound(int backlog) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(address, backlog);
        server = opened;
        return opened;
    }

    /** With connections that nobody accepts, until no more come about. */
    private void fill() throws IOException {
        bound(1);
        for (boolean full = false; !full; ) {
            Socket filler = new Socket();
            sockets.add(filler);
            try {
                filler.connect(address, FULL_MILLIS);
            } catch (SocketTimeoutException e) {
                full = true;
            }
        }
    }

    private void listen() throws IOException {
        ServerSocket opened = bound(BACKLOG);
        acceptor = daemon(() -> acceptAll(opened));
        acceptor.start();
    }

    /** A port is not closed before the thread is out of accept(). */
    private void stopListening() throws IOException {
        server.close();
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                Socket socket = opened.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                // The port is being closed; a connection that failed to come up is its client's affair.
            }
        }
        sockets.forEach(HttpsListener::closeQuietly);
    }

    private void serve(Socket socket) {
        try (socket) {
            switch (state) {
                case OPEN -> service.serve(socket);
                case SILENT -> drain(socket);
                case RESETTING -> resetHandshake(socket);
                case CLOSED, FULL -> {}
            }
        } catch (IOException | InterruptedException e) {
            // The client went away, or the cluster is being closed: both end the connection and nothing else.
        } finally {
            sockets.remove(socket);
        }
    }

    /** Until one side ends the connection. */
    private static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        while (in.read() >= 0) {
            in.skip(in.available());
        }
    }

    private static void resetHandshake(Socket socket) throws IOException {
        socket.getInputStream().readNBytes(RECORD_HEADER);
        socket.setSoLinger(true, 0);
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
