package org.silhouettes.wire.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Finds out why a broker does not answer, by connecting to it once: Kafka's clients log the reason and report a time-out.
 * Sends no credentials.
 */
final class ConnectionProbe {

    private static final int TIMEOUT_MILLIS = 3_000;
    private static final Pattern SERVER = Pattern.compile("(?:[A-Z_]+://)?\\[?([^\\[\\]]+?)]?:([0-9]{1,5})");

    private ConnectionProbe() {}

    /**
     * Why no broker answered.
     *
     * @param servers {@code host:port[,host:port…]}
     * @param protocol the client's {@code security.protocol}
     */
    static String reason(String servers, String protocol) {
        String first = null;
        for (String server : servers.split(",", -1)) {
            Matcher address = SERVER.matcher(server.strip());
            if (address.matches()) {
                Optional<String> reason = reason(address.group(1), Integer.parseInt(address.group(2)), protocol);
                if (reason.isEmpty()) {
                    return server.strip() + " accepts connections, but did not answer this client in time:"
                            + " security.protocol (" + protocol + ") may differ from the listener's, the addresses in"
                            + " the broker's advertised.listeners may be out of reach from here, or it is overloaded";
                }
                first = first == null ? reason.get() : first;
            }
        }
        return first == null ? "no address of the form host:port is given" : first;
    }

    private static Optional<String> reason(String host, int port, String protocol) {
        String address = host + ":" + port;
        InetAddress resolved;
        try {
            resolved = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return Optional.of("host \"" + host + "\" is unknown (its name does not resolve to an address): check the"
                    + " spelling and the name service");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(resolved, port), TIMEOUT_MILLIS);
        } catch (SocketTimeoutException e) {
            return Optional.of("no answer from " + address + " within " + TIMEOUT_MILLIS
                    + " ms (connection timed out): check the address and firewalls");
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("nothing listens at " + address + " (" + e.getMessage()
                    + "): start Kafka there, or give the right address with --bootstrap-servers");
        }
        boolean wantsTls = protocol.endsWith("SSL");
        boolean speaksTls = speaksTls(resolved, host, port);
        if (speaksTls && !wantsTls) {
            return Optional.of(address + " speaks TLS, but this client is set to " + protocol
                    + ": set security.protocol to SSL or SASL_SSL in the file of --kafka-config (kafka.config)");
        }
        if (wantsTls && !speaksTls) {
            return Optional.of(address + " does not speak TLS, but this client is set to " + protocol
                    + ": give the port of a TLS listener, or set security.protocol to PLAINTEXT or SASL_PLAINTEXT");
        }
        return Optional.empty();
    }

    /** Whether the server presents a certificate; whose it is does not matter here. */
    private static boolean speaksTls(InetAddress resolved, String host, int port) {
        AtomicBoolean presented = new AtomicBoolean();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Presented(presented)}, new SecureRandom());
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(resolved, port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
                    tls.startHandshake();
                }
            }
            return true;
        } catch (IOException | GeneralSecurityException e) {
            return presented.get();
        }
    }

    /** Notes that a server presented a certificate; nothing is sent over the connection. */
    private static final class Presented extends X509ExtendedTrustManager {

        private final AtomicBoolean presented;

        private Presented(AtomicBoolean presented) {
            this.presented = presented;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            presented.set(true);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            presented.set(true);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            presented.set(true);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException("this end is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("this end is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("this end is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
