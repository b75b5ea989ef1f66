package org.silhouettes.job.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.silhouettes.wire.RecordHeaders;

/** Byte arrays behind their length, null with the length −1; headers behind their number. */
final class Bytes {

    private Bytes() {}

    static void write(byte[] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static byte[] read(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    static void writeHeaders(RecordHeaders headers, DataOutputView out) throws IOException {
        out.writeInt(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            write(headers.name(i).getBytes(StandardCharsets.UTF_8), out);
            write(headers.value(i), out);
        }
    }

    static RecordHeaders readHeaders(DataInputView in) throws IOException {
        int count = in.readInt();
        String[] names = new String[count];
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            names[i] = HeaderNames.of(read(in));
            values[i] = read(in);
        }
        return new RecordHeaders(names, values);
    }
}
