package org.silhouettes.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Starts of SHA-256 digests, in lower-case hexadecimal. */
public final class Sha256 {

    private Sha256() {}

    /** First {@code length} bytes of the digest of the text's UTF-8, two digits each. */
    public static String hex(String text, int length) {
        return hex(text.getBytes(StandardCharsets.UTF_8), length);
    }

    /** First {@code length} bytes of the digest, two digits each; all are 32. */
    public static String hex(byte[] bytes, int length) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
