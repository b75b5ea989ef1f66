package org.silhouettes.job.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text of byte arrays, strict, without a new string for what came before: names and labels repeat. */
final class TextCache {

    private static final int SLOTS = 256;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[][] keys = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];

    /** @throws CharacterCodingException where the bytes are not UTF-8 */
    String text(byte[] bytes) throws CharacterCodingException {
        int slot = Arrays.hashCode(bytes) & SLOTS - 1;
        if (!Arrays.equals(keys[slot], bytes)) {
            texts[slot] = uncached(bytes);
            keys[slot] = bytes;
        }
        return texts[slot];
    }

    /** The same for text that does not repeat. */
    String uncached(byte[] bytes) throws CharacterCodingException {
        return decoder.decode(ByteBuffer.wrap(bytes)).toString();
    }
}
