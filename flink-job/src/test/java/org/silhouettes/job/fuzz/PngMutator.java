package org.silhouettes.job.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Changes PNGs at the level of chunks, with right and wrong checksums, and of the compressed rows. */
final class PngMutator {

    private static final List<String> TYPES = List.of(
            "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "iCCP", "zTXt", "tEXt", "iTXt", "acTL", "fcTL", "fdAT", "gAMA",
            "ABCD", "abCd", "1234", "sPLT", "eXIf");
    private static final int BOMB = 300_000;

    private final Random random;
    private final List<byte[]> corpus;

    /** @param length what the chunk claims; −1: what it has */
    private record Chunk(String type, byte[] data, int length, boolean sound) {

        Chunk(String type, byte[] data) {
            this(type, data, -1, true);
        }

        byte[] bytes() {
            CRC32 crc = new CRC32();
            byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
            crc.update(name);
            crc.update(data);
            return ByteBuffer.allocate(12 + data.length)
                    .putInt(length < 0 ? data.length : length)
                    .put(name)
                    .put(data)
                    .putInt((int) crc.getValue() + (sound ? 0 : 1))
                    .array();
        }
    }

    PngMutator(Random random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    /** A picture of the corpus with one to four changes. */
    byte[] next() {
        List<Chunk> chunks = chunks(Fuzz.any(random, corpus));
        for (int n = 1 + random.nextInt(4); n > 0 && !chunks.isEmpty(); n--) {
            int i = random.nextInt(chunks.size());
            switch (random.nextInt(8)) {
                case 0 -> reorder(chunks, i);
                case 1 -> chunks.add(i, inserted());
                case 2 -> chunks.set(i, claiming(chunks.get(i)));
                case 3 -> Fuzz.damage(random, chunks.get(i).data(), 0);
                case 4 -> header(chunks);
                case 5, 6 -> recompress(chunks);
                default -> {
                    List<Chunk> other = chunks(Fuzz.any(random, corpus));
                    chunks.subList(i, chunks.size()).clear();
                    chunks.addAll(other.subList(random.nextInt(other.size()), other.size()));
                }
            }
        }
        return file(chunks);
    }

    private byte[] file(List<Chunk> chunks) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Fuzz.bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'));
        chunks.forEach(chunk -> parts.add(chunk.bytes()));
        if (random.nextInt(10) == 0) {
            parts.add(Fuzz.noise(random, random.nextInt(50)));
        }
        byte[] file = Fuzz.join(parts);
        return random.nextInt(8) == 0 ? Arrays.copyOf(file, random.nextInt(file.length + 1)) : file;
    }

    private void reorder(List<Chunk> chunks, int i) {
        int j = random.nextInt(chunks.size());
        switch (random.nextInt(3)) {
            case 0 -> chunks.remove(i);
            case 1 -> chunks.add(j, chunks.get(i));
            default -> Collections.swap(chunks, i, j);
        }
    }

    private Chunk inserted() {
        String type = Fuzz.any(random, TYPES);
        return switch (random.nextInt(4)) {
            case 0 -> new Chunk(type, new byte[0]);
            case 1 -> new Chunk(type, deflated(new byte[random.nextInt(BOMB)]));
            case 2 -> new Chunk(type, Fuzz.noise(random, random.nextInt(800)));
            default -> new Chunk(type, Fuzz.noise(random, random.nextInt(30)), -1, random.nextBoolean());
        };
    }

    private Chunk claiming(Chunk chunk) {
        int length = random.nextInt(3) == 0 ? random.nextInt() : chunk.data().length + random.nextInt(9) - 4;
        return new Chunk(chunk.type(), chunk.data(), length, random.nextBoolean());
    }

    private void header(List<Chunk> chunks) {
        byte[] header = chunks.get(0).data();
        if (header.length != 13) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> ByteBuffer.wrap(header).putInt(random.nextInt(5) == 0 ? random.nextInt() : Fuzz.odd(random));
            case 1 -> ByteBuffer.wrap(header).putInt(4, random.nextInt(5) == 0 ? random.nextInt() : Fuzz.odd(random));
            case 2 -> header[8] = (byte) (1 << random.nextInt(6));
            default -> header[9 + random.nextInt(4)] = (byte) random.nextInt(8);
        }
    }

    /** Inflates the rows, changes them or their number, and packs them into chunks of another size. */
    private void recompress(List<Chunk> chunks) {
        List<byte[]> packed = new ArrayList<>();
        int at = -1;
        for (int i = chunks.size() - 1; i >= 0; i--) {
            if (chunks.get(i).type().equals("IDAT")) {
                packed.add(0, chunks.remove(i).data());
                at = i;
            }
        }
        if (at < 0) {
            return;
        }
        byte[] rows = inflated(Fuzz.join(packed));
        byte[] changed =
                switch (random.nextInt(4)) {
                    case 0 -> Arrays.copyOf(rows, rows.length + 1 + random.nextInt(random.nextBoolean() ? 4 : BOMB));
                    case 1 -> Arrays.copyOf(rows, random.nextInt(rows.length + 1));
                    case 2 -> rows;
                    default -> {
                        Fuzz.damage(random, rows, 0);
                        yield rows;
                    }
                };
        byte[] data = deflated(changed);
        if (random.nextInt(4) == 0) {
            Fuzz.damage(random, data, 0);
        }
        int size = 1 + random.nextInt(random.nextBoolean() ? 8 : data.length + 1);
        for (int from = 0; from < data.length; from += size) {
            chunks.add(at++, new Chunk("IDAT", Arrays.copyOfRange(data, from, Math.min(data.length, from + size))));
            if (random.nextInt(20) == 0) {
                chunks.add(at++, new Chunk(random.nextInt(3) == 0 ? "tEXt" : "IDAT", new byte[0]));
            }
        }
    }

    private static List<Chunk> chunks(byte[] file) {
        List<Chunk> chunks = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file, 8, file.length - 8);
        while (in.hasRemaining()) {
            byte[] data = new byte[in.getInt()];
            byte[] name = new byte[4];
            in.get(name).get(data).getInt();
            chunks.add(new Chunk(new String(name, StandardCharsets.ISO_8859_1), data));
        }
        return chunks;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(6);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + bytes.length / 100 + 100];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] inflated(byte[] bytes) {
        Inflater inflater = new Inflater();
        inflater.setInput(bytes);
        byte[] out = new byte[BOMB];
        try {
            return Arrays.copyOf(out, inflater.inflate(out));
        } catch (DataFormatException e) {
            return new byte[10];
        } finally {
            inflater.end();
        }
    }
}
