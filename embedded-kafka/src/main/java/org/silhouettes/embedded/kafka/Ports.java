package org.silhouettes.embedded.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
public final class Ports {

    private static final int MAX_PORT = 65535;

    private Ports() {}

    /** Refuses a number that is not a port; 0 stands for a free one. */
    public static void requireValid(String name, int port) {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    name + " must be between 0 (a free one) and " + MAX_PORT + ", not " + port);
        }
    }

    /** A port held until it is closed, so that two reservations differ. */
    public record Reservation(ServerSocket socket) implements AutoCloseable {
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot release port " + port(), e);
            }
        }
    }

    /**
     * Refuses a port that something listens on; another process may still take it afterwards.
     *
     * @param owner who wants it, for the message
     * @param port the port, 0 for a free one
     * @throws IllegalStateException if it is taken
     */
    public static void requireFree(String owner, int port) {
        reserve(owner, port).close();
    }

    /**
     * Holds a port.
     *
     * @param owner who wants it, for the message
     * @param port the port, 0 for a free one
     * @throws IllegalStateException if it is taken
     */
    public static Reservation reserve(String owner, int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            return new Reservation(socket);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + port + " for " + owner
                            + " is taken: end what listens there or give another port, 0 for a free one",
                    e);
        }
    }
}
