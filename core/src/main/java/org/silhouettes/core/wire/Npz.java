package org.silhouettes.core.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.ImageShape;

/** NumPy's {@code .npz}, a zip of {@code .npy} files, of a whole dictionary. */
public final class Npz {

    private static final FileTime EPOCH = FileTime.fromMillis(0);

    private Npz() {}

    /**
     * The bytes of a file with {@code atoms.npy}, [atoms, height, width, channels], and {@code mean.npy}, [height, width,
     * channels]; the same dictionary gives the same bytes.
     *
     * @param mean the mean image that is subtracted, [values]
     */
    public static byte[] encode(Dictionary dictionary, float[] mean) {
        DictionaryShape shape = dictionary.shape();
        ImageShape image = shape.image();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(shape.size() * Float.BYTES);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(
                    zip,
                    "atoms.npy",
                    Npy.encode(dictionary.atoms(), shape.atoms(), image.height(), image.width(), image.channels()));
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
