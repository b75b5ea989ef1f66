package org.silhouettes.producers.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.imaging.PictureLimits;

/** Reads PNG and JPEG files with the decoder of the job; transparent pixels are laid over black. */
public final class PictureFile {

    /** Files may be larger than the job's records: they are made smaller before they are sent. */
    private static final PictureLimits LIMITS = new PictureLimits(256L << 20, 100_000_000);

    private PictureFile() {}

    /** Decodes a file; an error names it and what is wrong. */
    public static Picture read(Path file) throws IOException {
        byte[] bytes = bytes(file);
        PictureDecoder decoder = new PictureDecoder(LIMITS);
        try {
            if (startsWith(bytes, 0x89, 'P', 'N', 'G')) {
                return decoder.pngOverBlack(bytes);
            }
            if (startsWith(bytes, 0xff, 0xd8)) {
                return decoder.jpeg(bytes);
            }
            throw new FormatException(file, 0, "it is neither PNG nor JPEG, whatever its name says");
        } catch (PictureException e) {
            throw new FormatException(file, 0, "it cannot be decoded (" + e.getMessage() + ")");
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            long size = Files.size(file);
            if (size > LIMITS.maxBytes()) {
                throw new FormatException(
                        file, 0, "it has " + size + " bytes, at most " + LIMITS.maxBytes() + " are taken");
            }
            return Files.readAllBytes(file);
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + cause(file, e), e);
        }
    }

    /** Why a file could not be opened: what the file system reports is often nothing but the path. */
    public static String cause(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return Files.isSymbolicLink(file)
                    ? "it is a link to a file that does not exist: restore that file or remove the link"
                    : "it does not exist (any more): restore it, or start the replay again without it";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied: allow this user to read it";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder with the name of a picture: rename it";
        }
        String message = e.getMessage();
        return message == null || message.equals(file.toString()) ? e.getClass().getSimpleName() : message;
    }

    private static boolean startsWith(byte[] bytes, int... expected) {
        if (bytes.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((bytes[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
