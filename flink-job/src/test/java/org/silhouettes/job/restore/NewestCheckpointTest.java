package org.silhouettes.job.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestCheckpointTest {

    @TempDir
    private Path folder;

    @Test
    void theNewestCompleteOneOfAllJobsIsFoundByTheTimeItWasCompleted() throws Exception {
        complete("a1", "chk-9", 1000);
        complete("b2", "chk-3", 5000);
        complete("b2", "chk-10", 5000);
        // not complete, no number, a savepoint's folder, files that lie about
        Files.createDirectories(folder.resolve("b2/chk-11"));
        complete("b2", "chk-x", 9000);
        complete("b2", "shared", 9000);
        Files.writeString(folder.resolve("b2/chk-99"), "");
        Files.writeString(folder.resolve("notes.txt"), "");
        complete("c3", "chk-1", 8000);

        assertThat(NewestCheckpoint.in(uri(folder), "c3")).contains(restorePath("b2/chk-10"));
        assertThat(NewestCheckpoint.in(uri(folder), "")).contains(restorePath("c3/chk-1"));
        assertThat(NewestCheckpoint.in(folder.toString(), "")).isPresent();
    }

    @Test
    void aFolderWithoutCheckpointsOrNoFolderHoldsNone() throws Exception {
        assertThat(NewestCheckpoint.in(uri(folder), "")).isEmpty();
        assertThat(NewestCheckpoint.in(uri(folder.resolve("absent")), "")).isEmpty();
        complete("own", "chk-1", 1000);
        assertThat(NewestCheckpoint.in(uri(folder), "own")).isEmpty();
    }

    private void complete(String job, String checkpoint, long millis) throws IOException {
        Path metadata =
                Files.createDirectories(folder.resolve(job).resolve(checkpoint)).resolve("_metadata");
        Files.writeString(metadata, "");
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(millis));
    }

    private String restorePath(String checkpoint) {
        return "file:" + folder.resolve(checkpoint);
    }

    private static String uri(Path path) {
        return path.toUri().toString();
    }
}
