package org.silhouettes.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * A file system with the scheme {@code objects}, as an object store's plug-in is for Flink: distributed, found by its
 * scheme, and no path of it means anything to {@code java.nio}. Its objects are kept in a local folder.
 */
public final class ObjectStoreFileSystem extends FileSystem {

    static final String SCHEME = "objects";
    private static final URI ROOT = URI.create(SCHEME + ":///");

    private final FileSystem files = LocalFileSystem.getSharedInstance();

    /** Makes the file system for Flink, which finds it by {@code META-INF/services}. */
    public static final class Factory implements FileSystemFactory {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileSystem create(URI uri) {
            return new ObjectStoreFileSystem();
        }
    }

    /** The URI of objects that are kept in a folder. */
    static String uri(Path folder) {
        return SCHEME + "://" + folder.toAbsolutePath();
    }

    private static org.apache.flink.core.fs.Path local(org.apache.flink.core.fs.Path path) {
        return new org.apache.flink.core.fs.Path(path.getPath());
    }

    @Override
    public org.apache.flink.core.fs.Path getWorkingDirectory() {
        return new org.apache.flink.core.fs.Path(ROOT);
    }

    @Override
    public org.apache.flink.core.fs.Path getHomeDirectory() {
        return getWorkingDirectory();
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FileStatus getFileStatus(org.apache.flink.core.fs.Path path) throws IOException {
        return new Status(files.getFileStatus(local(path)));
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) throws IOException {
        return new BlockLocation[0];
    }

    @Override
    public FSDataInputStream open(org.apache.flink.core.fs.Path path, int bufferSize) throws IOException {
        return files.open(local(path), bufferSize);
    }

    @Override
    public FSDataInputStream open(org.apache.flink.core.fs.Path path) throws IOException {
        return files.open(local(path));
    }

    @Override
    public FileStatus[] listStatus(org.apache.flink.core.fs.Path path) throws IOException {
        FileStatus[] found = files.listStatus(local(path));
        for (int i = 0; found != null && i < found.length; i++) {
            found[i] = new Status(found[i]);
        }
        return found;
    }

    @Override
    public boolean delete(org.apache.flink.core.fs.Path path, boolean recursive) throws IOException {
        return files.delete(local(path), recursive);
    }

    @Override
    public boolean mkdirs(org.apache.flink.core.fs.Path path) throws IOException {
        return files.mkdirs(local(path));
    }

    @Override
    public FSDataOutputStream create(org.apache.flink.core.fs.Path path, WriteMode mode) throws IOException {
        return files.create(local(path), mode);
    }

    @Override
    public boolean rename(org.apache.flink.core.fs.Path from, org.apache.flink.core.fs.Path to) throws IOException {
        return files.rename(local(from), local(to));
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    /** A local file's status under its object's URI. */
    private record Status(FileStatus file) implements FileStatus {
        @Override
        public long getLen() {
            return file.getLen();
        }

        @Override
        public long getBlockSize() {
            return file.getBlockSize();
        }

        @Override
        public short getReplication() {
            return file.getReplication();
        }

        @Override
        public long getModificationTime() {
            return file.getModificationTime();
        }

        @Override
        public long getAccessTime() {
            return file.getAccessTime();
        }

        @Override
        public boolean isDir() {
            return file.isDir();
        }

        @Override
        public org.apache.flink.core.fs.Path getPath() {
            return new org.apache.flink.core.fs.Path(
                    SCHEME + "://" + file.getPath().getPath());
        }
    }
}
