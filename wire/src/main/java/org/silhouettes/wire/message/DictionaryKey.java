package org.silhouettes.wire.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.silhouettes.wire.Headers;

/**
 * Key of a record of the dictionaries topic, {@code model/group} or {@code model/mean}.
 *
 * @param group index of the group, or {@link #MEAN} for the mean image
 */
public record DictionaryKey(String model, int group) {

    /** The mean image in place of a group. */
    public static final int MEAN = -1;

    /** Reads a key; empty where it has another form. */
    public static Optional<DictionaryKey> parse(byte[] key) {
        String text = key == null ? "" : new String(key, UTF_8);
        int slash = text.lastIndexOf('/');
        String group = text.substring(slash + 1);
        if (slash < 0 || !group.equals(Headers.MEAN) && !group.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new DictionaryKey(text.substring(0, slash), group(group)));
    }

    static int group(String text) {
        return text.equals(Headers.MEAN) ? MEAN : Integer.parseInt(text);
    }

    /** Whether it is the key of the mean image, the last record of each version. */
    public boolean isMean() {
        return group == MEAN;
    }

    /** The group as keys and headers have it. */
    String groupText() {
        return isMean() ? Headers.MEAN : Integer.toString(group);
    }

    /** The key as text. */
    public String text() {
        return model + "/" + groupText();
    }
}
