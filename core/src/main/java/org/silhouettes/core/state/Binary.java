package org.silhouettes.core.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Arrays and texts of the persisted state, big-endian, each behind its length as an int32. Arrays go in chunks, as a call
 * a value would cost more than all the rest of a checkpoint.
 */
public final class Binary {

    private static final int CHUNK = 8192;

    private Binary() {}

    public static void writeFloats(DataOutput out, float[] values) throws IOException {
        out.writeInt(values.length);
        ByteBuffer chunk = ByteBuffer.allocate(Math.min(CHUNK, values.length * Float.BYTES));
        for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
            int count = Math.min(CHUNK / Float.BYTES, values.length - from);
            chunk.asFloatBuffer().put(values, from, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    public static float[] readFloats(DataInput in) throws IOException {
        float[] values = new float[readLength(in)];
        byte[] chunk = new byte[Math.min(CHUNK, values.length * Float.BYTES)];
        for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
            int count = Math.min(CHUNK / Float.BYTES, values.length - from);
            in.readFully(chunk, 0, count * Float.BYTES);
            ByteBuffer.wrap(chunk).asFloatBuffer().get(values, from, count);
        }
        return values;
    }

    public static void writeDoubles(DataOutput out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    public static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[readLength(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    public static void writeLongs(DataOutput out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    public static long[] readLongs(DataInput in) throws IOException {
        long[] values = new long[readLength(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    public static void writeInts(DataOutput out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    public static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[readLength(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    public static void writeBytes(DataOutput out, byte[] values) throws IOException {
        out.writeInt(values.length);
        out.write(values);
    }

    public static byte[] readBytes(DataInput in) throws IOException {
        byte[] values = new byte[readLength(in)];
        in.readFully(values);
        return values;
    }

    /** UTF-8 behind its length in bytes; null has the length −1. */
    public static void writeText(DataOutput out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    public static String readText(DataInput in) throws IOException {
        int length = in.readInt();
        if (length == -1) {
            return null;
        }
        byte[] bytes = new byte[checked(length)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A count of things that follow: never negative. */
    public static int readLength(DataInput in) throws IOException {
        return checked(in.readInt());
    }

    private static int checked(int length) throws IOException {
        if (length < 0) {
            throw new IOException("state is damaged: a length of " + length);
        }
        return length;
    }
}
