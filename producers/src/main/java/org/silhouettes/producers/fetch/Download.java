package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Downloads over HTTP with bounded patience and size. */
final class Download {

    private Download() {}

    /**
     * Fetches {@code address} into the file {@code into}.
     *
     * @param most bytes that are taken at most
     * @throws IOException saying what went wrong in words for a user
     */
    static void fetch(URI address, Path into, long most, DataPlaces places) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(places.connectTimeout().toMillis()));
        connection.setReadTimeout(Math.toIntExact(places.readTimeout().toMillis()));
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("the server answers " + status);
            }
            long length = connection.getContentLengthLong();
            try (InputStream in = new LimitedInputStream(connection.getInputStream(), most)) {
                long copied = Files.copy(in, into);
                if (length >= 0 && copied != length) {
                    throw new IOException("only " + copied + " of " + length + " bytes came");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("the host is not known here", e);
        } catch (SocketTimeoutException e) {
            throw new IOException("no answer in time (" + e.getMessage() + ")", e);
        } finally {
            connection.disconnect();
        }
    }
}
