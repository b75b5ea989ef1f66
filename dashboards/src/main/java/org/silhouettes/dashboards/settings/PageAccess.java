package org.silhouettes.dashboards.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a dashboard listens, and whom it answers.
 *
 * @param bindAddress address to listen on; loopback is reached from this machine alone
 * @param port 0 takes a free one
 * @param token what a browser or client must show; required on any address but loopback
 * @param allowedHosts further names (without port) under which the page may be asked for, besides loopback's and the
 *     bound address: a page of another name could otherwise read this one by DNS rebinding
 */
public record PageAccess(String bindAddress, int port, Optional<String> token, Set<String> allowedHosts) {

    public static final int DEFAULT_PORT = 7070;

    /** This machine alone, without a token. */
    static final PageAccess DEFAULTS = new PageAccess("127.0.0.1", DEFAULT_PORT, Optional.empty(), Set.of());

    private static final int MIN_TOKEN = 16;

    public PageAccess {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", it must be 0 (a free one) to 65535");
        }
        if (token.isPresent() && !token.get().matches("[A-Za-z0-9._~-]{" + MIN_TOKEN + ",256}")) {
            throw new IllegalArgumentException("the token must have " + MIN_TOKEN
                    + " to 256 characters of letters, digits, dot, dash, underscore and tilde");
        }
        if (token.isPresent() && token.get().toLowerCase(Locale.ROOT).contains("change-me")) {
            throw new IllegalArgumentException("the token is a well-known example: choose one that cannot be guessed,"
                    + " such as the output of: openssl rand -hex 24");
        }
        if (token.isEmpty() && !isLoopback(bindAddress)) {
            throw new IllegalArgumentException("bind address " + bindAddress
                    + " is reached from other machines: give a token of " + MIN_TOKEN + " characters or more too");
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    private static boolean isLoopback(String address) {
        if (address == null || address.isBlank()) {
            throw new IllegalArgumentException("bind address is empty: give one, such as 127.0.0.1");
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("bind address " + address + " is not known to this machine", e);
        }
    }

    PageAccess withPort(int newPort) {
        return new PageAccess(bindAddress, newPort, token, allowedHosts);
    }

    PageAccess withAddress(String address, Optional<String> newToken) {
        return new PageAccess(address, port, newToken, allowedHosts);
    }

    PageAccess withAllowedHosts(Set<String> hosts) {
        return new PageAccess(bindAddress, port, token, hosts);
    }
}
