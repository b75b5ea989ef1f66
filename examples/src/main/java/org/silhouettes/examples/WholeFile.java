package org.silhouettes.examples;

import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.SingletonResultIterator;
import org.apache.flink.core.fs.Path;
import org.silhouettes.job.stream.InputImage;

/** Reads a file as one image of a model, labelled with the name of its folder and named by its path. */
final class WholeFile implements BulkFormat<InputImage, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private final String model;

    WholeFile(String model) {
        this.model = model;
    }

    @Override
    public Reader<InputImage> createReader(Configuration config, FileSourceSplit split) {
        return new FileReader(split.path(), false);
    }

    @Override
    public Reader<InputImage> restoreReader(Configuration config, FileSourceSplit split) {
        boolean read = split.getReaderPosition()
                .map(position -> position.getRecordsAfterOffset() > 0)
                .orElse(false);
        return new FileReader(split.path(), read);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<InputImage> getProducedType() {
        return TypeInformation.of(InputImage.class);
    }

    private final class FileReader implements Reader<InputImage> {

        private final Path path;
        private boolean read;

        private FileReader(Path path, boolean read) {
            this.path = path;
            this.read = read;
        }

        @Override
        public RecordIterator<InputImage> readBatch() throws IOException {
            if (read) {
                return null;
            }
            read = true;
            try (InputStream file = path.getFileSystem().open(path)) {
                SingletonResultIterator<InputImage> image = new SingletonResultIterator<>();
                image.set(
                        InputImage.ofFile(model, file.readAllBytes())
                                .withLabel(path.getParent().getName())
                                .withId(path.toString()),
                        CheckpointedPosition.NO_OFFSET,
                        1);
                return image;
            }
        }

        @Override
        public void close() {
            // a file is closed as soon as it is read
        }
    }
}
