package org.silhouettes.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are either complete or absent: into a temporary file first, which is then renamed. */
public final class AtomicFiles {

    private AtomicFiles() {}

    /**
     * Writes a file, replacing an earlier one only when all bytes are written.
     *
     * @throws IOException with the file's name and the cause, such as a full disk
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // not createTempFile: its files are readable by their owner alone, whatever the umask allows
        Path partial = folder.resolve(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.write(partial, bytes);
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(partial);
            throw new IOException("cannot write \"" + file + "\" (" + bytes.length + " bytes)", e);
        }
    }
}
