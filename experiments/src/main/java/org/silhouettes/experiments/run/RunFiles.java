package org.silhouettes.experiments.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.experiments.AtomicFiles;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.wire.Npz;

/** Writes what a run leaves behind. */
final class RunFiles {

    private RunFiles() {}

    static void write(Path folder, RunReport report, LearnedDictionary learned, Optional<byte[]> classes)
            throws IOException {
        Files.createDirectories(folder);
        report.write(folder.resolve("report.json"));
        Dictionary dictionary = learned.dictionary();
        DictionaryShape shape = dictionary.shape();
        AtomicFiles.write(
                folder.resolve("dictionary.npz"), Npz.encode(dictionary.atoms(), learned.mean(), shape.image()));
        AtomicFiles.write(
                folder.resolve("atoms.png"), ContactSheet.atoms(dictionary.atoms(), shape.groupSize(), shape.image()));
        if (classes.isPresent()) {
            AtomicFiles.write(folder.resolve("classes.png"), classes.get());
        }
    }
}
