package org.silhouettes.producers.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Checksums of files, in lower-case hexadecimal. */
final class Checksum {

    private Checksum() {}

    /** Digest of the file's bytes as they are. */
    static String of(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, algorithm);
        }
    }

    /** Digest of what a gzipped file unpacks to; reading stops with an error after {@code most} bytes. */
    static String ofUnpacked(Path file, String algorithm, long most) throws IOException {
        try (InputStream in = new LimitedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16), most)) {
            return of(in, algorithm);
        }
    }

    private static String of(InputStream in, String algorithm) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
