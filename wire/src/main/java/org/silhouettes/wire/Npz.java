package org.silhouettes.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.silhouettes.imaging.ImageShape;

/** NumPy's {@code .npz}, a zip of {@code .npy} files, of a whole dictionary. */
public final class Npz {

    private static final FileTime EPOCH = FileTime.fromMillis(0);

    private Npz() {}

    /**
     * The bytes of a file with {@code atoms.npy}, [atoms, height, width, channels], and {@code mean.npy}, [height, width,
     * channels]; the same dictionary gives the same bytes.
     *
     * @param atoms [atoms, image.values()]
     * @param mean the mean image that is subtracted, [image.values()]
     */
    public static byte[] encode(float[] atoms, float[] mean, ImageShape image) {
        int count = atoms.length / image.values();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(atoms.length * Float.BYTES);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "atoms.npy", Npy.encode(atoms, count, image.height(), image.width(), image.channels()));
            entry(zip, "mean.npy", Npy.encode(mean, image.height(), image.width(), image.channels()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(EPOCH);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
