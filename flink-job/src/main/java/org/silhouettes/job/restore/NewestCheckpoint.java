package org.silhouettes.job.restore;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The newest complete checkpoint in Flink's checkpoint folder, {@code FOLDER/JOB-ID/chk-N/_metadata}: the file {@code
 * _metadata} is written last, so a checkpoint that has one is complete. Works on every file system that Flink knows.
 */
public final class NewestCheckpoint {

    private static final String PREFIX = "chk-";
    private static final String METADATA = "_metadata";

    private NewestCheckpoint() {}

    /**
     * Path of the newest complete checkpoint of any job but one, as {@code --restore} and {@code --fromSavepoint} take it.
     *
     * @param folder value of {@code execution.checkpointing.dir}; a folder that does not exist holds none
     * @param except id of a job whose checkpoints do not count, or an empty text
     */
    public static Optional<String> in(String folder, String except) throws IOException {
        Path root = new Path(folder);
        FileSystem files = root.getFileSystem();
        Path newest = null;
        long newestAt = Long.MIN_VALUE;
        for (FileStatus job : list(files, root)) {
            if (job.isDir() && !job.getPath().getName().equals(except)) {
                for (FileStatus checkpoint : list(files, job.getPath())) {
                    Long at = completedAt(files, checkpoint);
                    if (at != null && (at > newestAt || at == newestAt && isLater(checkpoint.getPath(), newest))) {
                        newest = checkpoint.getPath();
                        newestAt = at;
                    }
                }
            }
        }
        return Optional.ofNullable(newest).map(Path::toString);
    }

    private static Long completedAt(FileSystem files, FileStatus checkpoint) throws IOException {
        if (!checkpoint.isDir() || !checkpoint.getPath().getName().matches(PREFIX + "[0-9]+")) {
            return null;
        }
        try {
            return files.getFileStatus(new Path(checkpoint.getPath(), METADATA)).getModificationTime();
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /** Whether a checkpoint has a higher number than another: file times may have a resolution of a second. */
    private static boolean isLater(Path checkpoint, Path than) {
        return number(checkpoint) > number(than);
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getName().substring(PREFIX.length()));
    }

    private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
        try {
            FileStatus[] all = files.listStatus(folder);
            return all == null ? new FileStatus[0] : all;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
