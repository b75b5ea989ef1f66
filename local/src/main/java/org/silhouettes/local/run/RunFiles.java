package org.silhouettes.local.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.silhouettes.core.picture.ContactSheet;
import org.silhouettes.core.wire.Npz;
import org.silhouettes.local.AtomicFiles;

/** Writes what a run leaves behind. */
final class RunFiles {

    private RunFiles() {}

    static void write(Path folder, RunReport report, LearnedDictionary learned, Optional<byte[]> classes)
            throws IOException {
        Files.createDirectories(folder);
        report.write(folder.resolve("report.json"));
        AtomicFiles.write(folder.resolve("dictionary.npz"), Npz.encode(learned.dictionary(), learned.mean()));
        AtomicFiles.write(folder.resolve("atoms.png"), ContactSheet.atoms(learned.dictionary()));
        if (classes.isPresent()) {
            AtomicFiles.write(folder.resolve("classes.png"), classes.get());
        }
    }
}
