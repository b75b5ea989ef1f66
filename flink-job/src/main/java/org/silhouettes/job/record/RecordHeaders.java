package org.silhouettes.job.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A record's headers in their order: names may repeat, values may be null. Not copied, never changed. */
public final class RecordHeaders {

    public static final RecordHeaders NONE = new RecordHeaders(new String[0], new byte[0][]);

    private final String[] names;
    private final byte[][] values;

    public RecordHeaders(String[] names, byte[][] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(names.length + " header names for " + values.length + " values");
        }
        this.names = names;
        this.values = values;
    }

    /** Headers of UTF-8 text, given as name, value, name, value … */
    public static RecordHeaders of(String... namesAndValues) {
        return NONE.with(namesAndValues);
    }

    /** These headers and more behind them, given as name, value, name, value … */
    public RecordHeaders with(String... namesAndValues) {
        int more = namesAndValues.length / 2;
        String[] allNames = Arrays.copyOf(names, names.length + more);
        byte[][] allValues = Arrays.copyOf(values, values.length + more);
        for (int i = 0; i < more; i++) {
            allNames[names.length + i] = namesAndValues[2 * i];
            allValues[names.length + i] = namesAndValues[2 * i + 1].getBytes(StandardCharsets.UTF_8);
        }
        return new RecordHeaders(allNames, allValues);
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

    /** Bytes that names and values take. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < names.length; i++) {
            bytes += names[i].length() * 3L + (values[i] == null ? 0 : values[i].length) + 10;
        }
        return bytes;
    }

    void write(DataOutputView out) throws IOException {
        out.writeInt(names.length);
        for (int i = 0; i < names.length; i++) {
            Bytes.write(names[i].getBytes(StandardCharsets.UTF_8), out);
            Bytes.write(values[i], out);
        }
    }

    static RecordHeaders read(DataInputView in) throws IOException {
        int count = in.readInt();
        String[] names = new String[count];
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = HeaderNames.of(Bytes.read(in));
            values[i] = Bytes.read(in);
        }
        return new RecordHeaders(names, values);
    }
}
