package org.silhouettes.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * NumPy's {@code .npy} format, version 1.0: little-endian float32 in C order is written; float32 and float64 in C order
 * are read. Source: numpy.lib.format.
 */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER = Pattern.compile(
            "\\{\\s*'descr':\\s*'(<f4|<f8)',\\s*'fortran_order':\\s*False,\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

    private Npy() {}

    /** An array as it was read: values in C order; float64 is kept as double. */
    public record Array(int[] shape, double[] values) {
        /** The values rounded to float32. */
        public float[] floats() {
            float[] out = new float[values.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) values[i];
            }
            return out;
        }
    }

    /** The bytes of a {@code .npy} file of the values from {@code from} on, float32, of that shape. */
    public static byte[] encodeFrom(float[] values, int from, int... shape) {
        int count = product(shape);
        if (from < 0 || from + count > values.length) {
            throw new IllegalArgumentException(
                    "array has " + values.length + " values, shape needs " + count + " from index " + from);
        }
        String dimensions = IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + dimensions
                + (shape.length == 1 ? ",), }" : "), }");
        int unpadded = MAGIC.length + 2 + text.length() + 1;
        int padding = (64 - unpadded % 64) % 64;
        byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 2 + header.length + count * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putShort((short) header.length).put(header);
        out.asFloatBuffer().put(values, from, count);
        return out.array();
    }

    /** The bytes of a {@code .npy} file of all values. */
    public static byte[] encode(float[] values, int... shape) {
        return encodeFrom(values, 0, shape);
    }

    /** Reads a {@code .npy} file of float32 or float64 in C order; refuses everything else by name. */
    public static Array decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (byte magic : MAGIC) {
            if (in.remaining() == 0 || in.get() != magic) {
                throw new IllegalArgumentException("not a .npy file of version 1.0: bad magic at byte "
                        + (in.position() == 0 ? 0 : in.position() - 1));
            }
        }
        int length = in.remaining() < 2 ? -1 : Short.toUnsignedInt(in.getShort());
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException(".npy header is cut short: " + bytes.length + " bytes in all");
        }
        String text = new String(bytes, in.position(), length, StandardCharsets.US_ASCII);
        Matcher matcher = HEADER.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    ".npy header \"" + text.strip() + "\" is not little-endian float32 or float64 in C order");
        }
        int[] shape = Pattern.compile(",")
                .splitAsStream(matcher.group(2))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        in.position(in.position() + length);
        boolean single = matcher.group(1).equals("<f4");
        int count = product(shape);
        long needed = (long) count * (single ? Float.BYTES : Double.BYTES);
        if (in.remaining() != needed) {
            throw new IllegalArgumentException(".npy data has " + in.remaining() + " bytes, its shape needs " + needed);
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = single ? in.getFloat() : in.getDouble();
        }
        return new Array(shape, values);
    }

    private static int product(int... shape) {
        int count = 1;
        for (int dimension : shape) {
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }
}
