package org.silhouettes.local.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.picture.ContactSheet;
import org.silhouettes.core.wire.Npy;

/** Writes what a run leaves behind. */
final class RunFiles {

    private static final FileTime EPOCH = FileTime.fromMillis(0);

    private RunFiles() {}

    static void write(Path folder, RunReport report, LearnedDictionary learned, Optional<byte[]> classes)
            throws IOException {
        Files.createDirectories(folder);
        report.write(folder.resolve("report.json"));
        writeNpz(folder.resolve("dictionary.npz"), learned);
        Files.write(folder.resolve("atoms.png"), ContactSheet.atoms(learned.dictionary()));
        if (classes.isPresent()) {
            Files.write(folder.resolve("classes.png"), classes.get());
        }
    }

    /** NumPy's {@code .npz}: a zip of {@code atoms.npy}, [atoms, height, width, channels], and {@code mean.npy}. */
    private static void writeNpz(Path file, LearnedDictionary learned) throws IOException {
        DictionaryShape shape = learned.dictionary().shape();
        ImageShape image = shape.image();
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(
                    zip,
                    "atoms.npy",
                    Npy.encode(
                            learned.dictionary().atoms(),
                            shape.atoms(),
                            image.height(),
                            image.width(),
                            image.channels()));
            entry(zip, "mean.npy", Npy.encode(learned.mean(), image.height(), image.width(), image.channels()));
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // the same dictionary gives the same file
        entry.setLastModifiedTime(EPOCH);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
