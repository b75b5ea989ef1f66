package org.silhouettes.producers.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Sha256;

/** Ids of images that the job takes: at most {@link Headers#MAX_TEXT_BYTES} bytes of UTF-8. */
final class ImageIds {

    private static final int HASH_BYTES = 8;

    private ImageIds() {}

    /**
     * A path as an id: itself, or where it is too long, 16 hexadecimal digits of its SHA-256, {@code …} and its last part, so
     * that long paths stay apart, and the file can be found.
     */
    static String of(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= Headers.MAX_TEXT_BYTES) {
            return path;
        }
        String prefix = Sha256.hex(bytes, HASH_BYTES) + "…";
        int from = bytes.length - (Headers.MAX_TEXT_BYTES - prefix.getBytes(StandardCharsets.UTF_8).length);
        // not in the middle of a character
        while ((bytes[from] & 0xc0) == 0x80) {
            from++;
        }
        return prefix + new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
    }
}
