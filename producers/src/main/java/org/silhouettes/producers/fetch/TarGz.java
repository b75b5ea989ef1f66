package org.silhouettes.producers.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Takes chosen files out of a gzipped tar archive. Entries are matched by their whole name and written to paths that
 * the caller chose, so an archive cannot place files anywhere. Source: POSIX.1-1988 ustar; names over 100 characters
 * and extended headers are skipped, because nothing that is asked for here has them.
 */
final class TarGz {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int TYPE_AT = 156;

    private TarGz() {}

    /**
     * @param wanted entry name → file to write
     * @param most bytes an entry may hold
     * @return how many of the wanted entries there were
     */
    static int extract(Path archive, Map<String, Path> wanted, long most) throws IOException {
        int found = 0;
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            byte[] header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                String name = text(header, 0, NAME_LENGTH);
                long size = size(header, name);
                Path target = header[TYPE_AT] == '0' || header[TYPE_AT] == 0 ? wanted.get(name) : null;
                if (target != null) {
                    if (size > most) {
                        throw new IOException(
                                "entry " + name + " has " + size + " bytes, at most " + most + " are taken");
                    }
                    copy(in, size, target, name);
                    found++;
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            }
        } catch (EOFException e) {
            throw new IOException("the archive is cut short", e);
        }
        return found;
    }

    private static void copy(InputStream in, long size, Path target, String name) throws IOException {
        try (var out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 16];
            for (long left = size; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("entry " + name + " is cut short");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static long size(byte[] header, String name) throws IOException {
        String octal = text(header, SIZE_AT, SIZE_LENGTH).strip();
        try {
            return Long.parseLong(octal, 8);
        } catch (NumberFormatException e) {
            throw new IOException("entry " + name + " has the size \"" + octal + "\", which is not octal", e);
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
