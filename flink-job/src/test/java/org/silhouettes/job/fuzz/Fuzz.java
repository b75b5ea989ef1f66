package org.silhouettes.job.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Random choices and byte edits that the mutators share. */
final class Fuzz {

    private static final int[] ODD = {0, 1, 2, 3, 7, 8, 9, 16, 17, 28, 64, 255, 256, 257, 1000, 4095, 30_000, 65_535};

    private Fuzz() {}

    /** A number that limits and lengths stumble over, or any other of 16 bits. */
    static int odd(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(1 << 16) : ODD[random.nextInt(ODD.length)];
    }

    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Sets some bytes from {@code from} on at random. */
    static void damage(Random random, byte[] bytes, int from) {
        for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > from; n--) {
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt();
        }
    }

    static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static void put16(byte[] bytes, int at, int value) {
        if (at + 1 < bytes.length) {
            bytes[at] = (byte) (value >> 8);
            bytes[at + 1] = (byte) value;
        }
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
