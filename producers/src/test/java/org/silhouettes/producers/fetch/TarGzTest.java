package org.silhouettes.producers.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.producers.format.IdxBytes;

class TarGzTest {

    private static final byte[] CONTENT = new byte[700];

    @TempDir
    Path folder;

    private Path archive;

    @BeforeEach
    void writeArchive() throws IOException {
        archive = folder.resolve("archive.tar.gz");
        Files.write(archive, IdxBytes.gzip(TarBytes.of("data/", Map.of("a", CONTENT, "b", new byte[0]))));
    }

    @Test
    void onlyTheWantedFilesAreWrittenAndOnlyWhereTheCallerSays() throws IOException {
        Path target = folder.resolve("chosen");

        assertThat(TarGz.extract(archive, Map.of("data/a", target, "data/c", folder.resolve("c")), 700))
                .isEqualTo(1);

        assertThat(target).hasBinaryContent(CONTENT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(archive, target);
        }
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        assertThat(TarGz.extract(archive, Map.of("data/", folder.resolve("x")), 700))
                .isZero();
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void anEntryOverTheLimitIsRefusedBeforeItIsWritten() {
        Path target = folder.resolve("a");

        assertThatThrownBy(() -> TarGz.extract(archive, Map.of("data/a", target), 699))
                .isInstanceOf(IOException.class)
                .hasMessage("entry data/a has 700 bytes, at most 699 are taken");
        assertThat(target).doesNotExist();
    }

    @Test
    void anArchiveThatIsCutShortIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length - 20));

        assertThatThrownBy(() -> TarGz.extract(archive, Map.of("data/a", folder.resolve("a")), 700))
                .isInstanceOf(IOException.class)
                .hasMessage("the archive is cut short");
    }
}
