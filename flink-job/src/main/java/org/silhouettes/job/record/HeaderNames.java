package org.silhouettes.job.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.silhouettes.wire.Headers;

/** Header names as strings, without a new string for the usual ones: a stream repeats six of them on every image. */
final class HeaderNames {

    private static final String[] USUAL = {
        Headers.CONTENT_TYPE,
        Headers.WIDTH,
        Headers.HEIGHT,
        Headers.CHANNELS,
        Headers.LABEL,
        Headers.ID,
        Headers.LEARN,
        Headers.FLUSH,
        Headers.FORMAT,
        Headers.MODEL,
        Headers.VERSION
    };
    private static final byte[][] USUAL_BYTES = Arrays.stream(USUAL)
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private HeaderNames() {}

    static String of(byte[] bytes) {
        for (int i = 0; i < USUAL.length; i++) {
            if (Arrays.equals(USUAL_BYTES[i], bytes)) {
                return USUAL[i];
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
