package org.silhouettes.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;

/** A record's headers in their order: names may repeat, values may be null. Not copied, never changed. */
public final class RecordHeaders {

    public static final RecordHeaders NONE = new RecordHeaders(new String[0], new byte[0][]);

    private static final int SHOWN = 40;

    private final String[] names;
    private final byte[][] values;

    public RecordHeaders(String[] names, byte[][] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(names.length + " header names for " + values.length + " values");
        }
        this.names = names;
        this.values = values;
    }

    /** Headers of UTF-8 text, given as name, value, name, value …; a null value leaves its header out. */
    public static RecordHeaders of(String... namesAndValues) {
        return NONE.with(namesAndValues);
    }

    /** The headers of a Kafka record. */
    public static RecordHeaders of(org.apache.kafka.common.header.Headers kafka) {
        Header[] headers = kafka.toArray();
        if (headers.length == 0) {
            return NONE;
        }
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key();
            values[i] = headers[i].value();
        }
        return new RecordHeaders(names, values);
    }

    /** These headers and more behind them, given as name, value, name, value …; a null value leaves its header out. */
    public RecordHeaders with(String... namesAndValues) {
        int end = names.length;
        String[] allNames = Arrays.copyOf(names, names.length + namesAndValues.length / 2);
        byte[][] allValues = Arrays.copyOf(values, allNames.length);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                allNames[end] = namesAndValues[i];
                allValues[end++] = namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8);
            }
        }
        return end == allNames.length
                ? new RecordHeaders(allNames, allValues)
                : new RecordHeaders(Arrays.copyOf(allNames, end), Arrays.copyOf(allValues, end));
    }

    /** The first headers. */
    public RecordHeaders first(int count) {
        return new RecordHeaders(Arrays.copyOf(names, count), Arrays.copyOf(values, count));
    }

    /** These headers but for those of that name. */
    public RecordHeaders without(String name) {
        RecordHeaders kept = new RecordHeaders(names.clone(), values.clone());
        int count = 0;
        for (int i = 0; i < names.length; i++) {
            if (!names[i].equals(name)) {
                kept.names[count] = names[i];
                kept.values[count++] = values[i];
            }
        }
        return kept.first(count);
    }

    public int size() {
        return names.length;
    }

    public String name(int i) {
        return names[i];
    }

    public byte[] value(int i) {
        return values[i];
    }

    /** Value of the last header of that name, or null. */
    public byte[] last(String name) {
        for (int i = names.length - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        return null;
    }

    /** The last header of that name as text, or null. */
    public String text(String name) {
        byte[] value = last(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    /** The last header of that name as text, or another text where it is missing. */
    public String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    /**
     * The last header of that name as text.
     *
     * @throws IllegalArgumentException where it is missing
     */
    public String required(String name) {
        String text = text(name);
        if (text == null) {
            throw new IllegalArgumentException("header " + name + " is missing");
        }
        return text;
    }

    /**
     * The last header of that name as a whole number.
     *
     * @throws IllegalArgumentException where it is missing or no number
     */
    public long number(String name) {
        String text = required(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "header " + name + " is \"" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…")
                            + "\", not a number",
                    e);
        }
    }

    /** Bytes that names and values take. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < names.length; i++) {
            bytes += names[i].length() * 3L + (values[i] == null ? 0 : values[i].length) + 10;
        }
        return bytes;
    }
}
