package org.silhouettes.job.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes JPEGs at the level of markers, segments and scans. */
final class JpegMutator {

    private static final int SOI = 0xd8;
    private static final int SOS = 0xda;

    private final Random random;
    private final List<byte[]> corpus;

    JpegMutator(Random random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    /** A picture of the corpus with one to four changes. */
    byte[] next() {
        List<byte[]> parts = parts(Fuzz.any(random, corpus));
        for (int n = 1 + random.nextInt(4); n > 0 && !parts.isEmpty(); n--) {
            switch (random.nextInt(8)) {
                case 0 -> reorder(parts);
                case 1 -> parts.add(random.nextInt(parts.size() + 1), segment());
                case 2 -> resize(parts);
                case 3, 4 -> header(parts);
                case 5 -> scans(parts);
                case 6 -> data(parts);
                default -> splice(parts);
            }
        }
        byte[] file = Fuzz.join(parts);
        return random.nextInt(6) == 0 ? Arrays.copyOf(file, random.nextInt(file.length + 1)) : file;
    }

    private void reorder(List<byte[]> parts) {
        int i = random.nextInt(parts.size());
        int j = random.nextInt(parts.size());
        switch (random.nextInt(3)) {
            case 0 -> parts.remove(i);
            case 1 -> parts.add(j, parts.get(i).clone());
            default -> java.util.Collections.swap(parts, i, j);
        }
    }

    /** A marker alone, fill bytes, garbage, or a segment of any kind. */
    private byte[] segment() {
        switch (random.nextInt(6)) {
            case 0 -> {
                int[] alone = {0x00, 0x01, 0xd0, 0xd3, 0xd7, 0xd8, 0xd9, 0x02, 0xbf};
                return Fuzz.bytes(0xff, alone[random.nextInt(alone.length)]);
            }
            case 1 -> {
                byte[] fill = new byte[1 + random.nextInt(300)];
                Arrays.fill(fill, (byte) 0xff);
                return fill;
            }
            case 2 -> {
                return Fuzz.noise(random, 1 + random.nextInt(20));
            }
            case 3 -> {
                return frame();
            }
            case 4 -> {
                // a frame inside of what looks like the segment of a marker that has none
                byte[] frame = frame();
                int[] alone = {0x00, 0x01, 0xd0, 0xd7, 0xd8, 0xd9};
                byte[] cover =
                        Fuzz.bytes(0xff, alone[random.nextInt(alone.length)], 0, 2 + frame.length + random.nextInt(3));
                return Fuzz.join(List.of(cover, frame));
            }
            default -> {
                int[] markers = {
                    0xc4, 0xc8, 0xcc, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xe1, 0xe2, 0xee, 0xf0, 0xf7, 0xfe
                };
                int length = random.nextInt(8) == 0 ? 65_533 : random.nextInt(80);
                byte[] segment = Fuzz.noise(random, 4 + length);
                segment[0] = -1;
                segment[1] = (byte) markers[random.nextInt(markers.length)];
                Fuzz.put16(segment, 2, 2 + length);
                if (segment[1] == (byte) 0xe2 && length > 20) {
                    byte[] name = "ICC_PROFILE\0\1\1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    System.arraycopy(name, 0, segment, 4, name.length);
                }
                return segment;
            }
        }
    }

    private byte[] frame() {
        int[] frames = {0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc9, 0xca, 0xcb, 0xcf};
        byte[] frame = Fuzz.bytes(0xff, frames[random.nextInt(frames.length)], 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0);
        Fuzz.put16(frame, 5, Fuzz.odd(random));
        Fuzz.put16(frame, 7, Fuzz.odd(random));
        return frame;
    }

    private void resize(List<byte[]> parts) {
        byte[] part = Fuzz.any(random, parts);
        Fuzz.put16(part, 2, random.nextBoolean() ? Fuzz.odd(random) : part.length - 4 + random.nextInt(5));
    }

    /** Fields of the frame, or bytes of any other segment: tables, restart interval, scan parameters. */
    private void header(List<byte[]> parts) {
        byte[] part = Fuzz.any(random, parts);
        for (byte[] candidate : parts) {
            int marker = candidate.length < 12 ? 0 : candidate[1] & 0xff;
            if (random.nextInt(3) > 0 && (marker == 0xc0 || marker == 0xc1 || marker == 0xc2)) {
                part = candidate;
                frame(part);
                return;
            }
        }
        Fuzz.damage(random, part, Math.min(4, part.length));
    }

    private void frame(byte[] frame) {
        switch (random.nextInt(6)) {
            case 0 -> Fuzz.put16(frame, 5, Fuzz.odd(random));
            case 1 -> Fuzz.put16(frame, 7, Fuzz.odd(random));
            case 2 -> frame[9] = (byte) random.nextInt(6);
            case 3 -> frame[11] = (byte) (random.nextInt(6) << 4 | random.nextInt(6));
            case 4 -> frame[1] = (byte) (0xc0 + random.nextInt(16));
            default -> Fuzz.damage(random, frame, 4);
        }
    }

    /** Repeats a scan, up to some hundred times, or changes what scans say they hold. */
    private void scans(List<byte[]> parts) {
        List<byte[]> scans = parts.stream()
                .filter(p -> p.length > 10 && (p[1] & 0xff) == SOS)
                .toList();
        if (scans.isEmpty()) {
            return;
        }
        byte[] scan = Fuzz.any(random, scans);
        if (random.nextBoolean()) {
            int copies = random.nextInt(4) == 0 ? random.nextInt(300) : 1;
            for (int i = 0; i < copies; i++) {
                parts.add(parts.size() - 1, scan.clone());
            }
        } else {
            Fuzz.damage(random, scan, 4);
        }
    }

    /** Changes coded data: bytes, restart markers, lengths. */
    private void data(List<byte[]> parts) {
        int i = random.nextInt(parts.size());
        byte[] part = parts.get(i);
        int at = random.nextInt(part.length + 1);
        byte[] more =
                switch (random.nextInt(4)) {
                    case 0 -> Fuzz.bytes(0xff, 0xd0 + random.nextInt(8));
                    case 1 -> new byte[random.nextInt(60)];
                    case 2 -> Fuzz.noise(random, random.nextInt(30));
                    default -> {
                        Fuzz.damage(random, part, Math.min(part.length, 10));
                        yield new byte[0];
                    }
                };
        int end = random.nextInt(3) == 0 ? Math.min(part.length, at + random.nextInt(10)) : at;
        parts.set(i, Fuzz.join(List.of(Arrays.copyOf(part, at), more, Arrays.copyOfRange(part, end, part.length))));
    }

    private void splice(List<byte[]> parts) {
        List<byte[]> other = parts(Fuzz.any(random, corpus));
        int from = random.nextInt(parts.size());
        parts.subList(from, parts.size()).clear();
        parts.addAll(other.subList(random.nextInt(other.size()), other.size()));
        if (parts.isEmpty() || random.nextInt(4) == 0) {
            parts.add(Fuzz.bytes(0xff, SOI));
        }
    }

    /** Markers with their segments; a scan has its coded data with it. */
    static List<byte[]> parts(byte[] file) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        boolean coded = false;
        for (int at = 0; at < file.length - 1; ) {
            int marker = file[at] == -1 ? file[at + 1] & 0xff : 0;
            if (marker == 0 || coded && marker >= 0xd0 && marker <= 0xd7) {
                at++;
                continue;
            }
            if (at > from) {
                parts.add(Arrays.copyOfRange(file, from, at));
            }
            from = at;
            boolean alone = marker == SOI || marker == 0xd9;
            coded = marker == SOS;
            at += alone ? 2 : 2 + ((file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff);
        }
        parts.add(Arrays.copyOfRange(file, from, file.length));
        return parts;
    }
}
