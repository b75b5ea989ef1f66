package org.silhouettes.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsReplacedAndNothingElseStays() throws IOException {
        Path file = folder.resolve("report.json");
        AtomicFiles.write(file, new byte[] {1});
        AtomicFiles.write(file, new byte[] {2, 3});
        assertThat(Files.readAllBytes(file)).containsExactly(2, 3);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedWithTheCauseAndLeavesNoPart() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        assertThatThrownBy(() -> AtomicFiles.write(taken, new byte[5]))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write \"" + taken + "\" (5 bytes)")
                .hasCauseInstanceOf(IOException.class);
        assertThat(Files.list(folder)).containsExactly(taken);
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing").resolve("atoms.png");
        assertThatThrownBy(() -> AtomicFiles.write(file, new byte[5])).hasMessageContaining("missing/atoms.png");
    }
}
