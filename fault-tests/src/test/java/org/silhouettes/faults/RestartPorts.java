package org.silhouettes.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on the loopback address for processes that must come back on the same port after a kill. They lie below
 * the range that the kernel gives to outgoing connections, so that none of those takes one while its process is down.
 */
final class RestartPorts {

    private static final int FROM = 12_000;
    private static final int TO = 32_000;

    private RestartPorts() {}

    static int free() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // another one then
            }
        }
        throw new IllegalStateException("no free port from " + FROM + " to " + TO);
    }
}
