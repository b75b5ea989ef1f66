package org.silhouettes.wire.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.message.MessageException.Fault;

/**
 * Reads keys and headers of input records within limits, as strict UTF-8 and without a new string for what came before: names
 * and labels repeat. Not thread-safe.
 */
public final class HeaderTexts {

    private static final int SLOTS = 256;
    private static final int SHOWN = 40;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final int maxNameBytes;
    private final int maxTextBytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[][] keys = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];

    /**
     * @param maxNameBytes longest name of a model
     * @param maxTextBytes longest label or id
     */
    public HeaderTexts(int maxNameBytes, int maxTextBytes) {
        this.maxNameBytes = maxNameBytes;
        this.maxTextBytes = maxTextBytes;
    }

    /** The model's name. */
    String model(byte[] key) throws MessageException {
        if (key == null || key.length == 0) {
            throw new MessageException(
                    Fault.MODEL_NAME, "the key is " + (key == null ? "null" : "empty") + ": give a model name");
        }
        if (key.length > maxNameBytes) {
            throw new MessageException(
                    Fault.MODEL_NAME,
                    "the key has " + key.length + " bytes, a model name has at most " + maxNameBytes
                            + " (model.max-name-bytes)");
        }
        String model;
        try {
            model = cached(key);
        } catch (CharacterCodingException e) {
            throw new MessageException(Fault.MODEL_NAME, "the key is not UTF-8 text: give a model name");
        }
        if (model.chars().anyMatch(Character::isISOControl)) {
            throw new MessageException(Fault.MODEL_NAME, "the key has control characters: give a model name");
        }
        return model;
    }

    /** A header's text; null where it is missing or empty. */
    String text(RecordHeaders headers, String name, boolean repeats) throws MessageException {
        byte[] bytes = headers.last(name);
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        if (bytes.length > maxTextBytes) {
            throw new MessageException(
                    Fault.HEADER,
                    "header " + name + " has " + bytes.length + " bytes, at most " + maxTextBytes
                            + " are taken (input.max-text-bytes)");
        }
        try {
            return repeats ? cached(bytes) : strict(bytes);
        } catch (CharacterCodingException e) {
            throw new MessageException(Fault.HEADER, "header " + name + " is not UTF-8 text");
        }
    }

    private String cached(byte[] bytes) throws CharacterCodingException {
        int slot = Arrays.hashCode(bytes) & SLOTS - 1;
        if (!Arrays.equals(keys[slot], bytes)) {
            texts[slot] = strict(bytes);
            keys[slot] = bytes;
        }
        return texts[slot];
    }

    private String strict(byte[] bytes) throws CharacterCodingException {
        return decoder.decode(ByteBuffer.wrap(bytes)).toString();
    }

    static boolean flag(RecordHeaders headers, String name, boolean otherwise) throws MessageException {
        byte[] bytes = headers.last(name);
        if (bytes == null) {
            return otherwise;
        }
        if (Arrays.equals(bytes, TRUE)) {
            return true;
        }
        if (Arrays.equals(bytes, FALSE)) {
            return false;
        }
        throw new MessageException(
                Fault.HEADER, "header " + name + " is " + quoted(bytes) + ": true or false is expected");
    }

    /** A whole number of at most nine digits, read without making a string of it. */
    static int number(RecordHeaders headers, String name) throws MessageException {
        byte[] bytes = headers.last(name);
        if (bytes == null) {
            throw new MessageException(
                    Fault.HEADER, "header " + name + " is missing: a raw image needs width, height and channels");
        }
        int number = 0;
        boolean valid = bytes.length > 0 && bytes.length < 10;
        for (int i = 0; valid && i < bytes.length; i++) {
            valid = bytes[i] >= '0' && bytes[i] <= '9';
            number = 10 * number + bytes[i] - '0';
        }
        if (!valid) {
            throw new MessageException(
                    Fault.HEADER,
                    "header " + name + " is " + quoted(bytes) + ": a whole number of at most 9 digits is expected");
        }
        return number;
    }

    private static String quoted(byte[] bytes) {
        return quoted(new String(bytes, 0, Math.min(bytes.length, 100), StandardCharsets.UTF_8));
    }

    static String quoted(String text) {
        return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + '"';
    }
}
