package org.silhouettes.savepoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.silhouettes.wire.WireRecord;

/** Makes a file one byte longer with every record, for a test that waits. */
public final class ProgressSink implements Sink<WireRecord> {

    private final String file;

    public ProgressSink(Path file) {
        this.file = file.toString();
    }

    @Override
    public SinkWriter<WireRecord> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(WireRecord record, Context writeContext) throws IOException {
                Files.write(Path.of(file), new byte[1], StandardOpenOption.APPEND);
            }

            @Override
            public void flush(boolean endOfInput) {
                // written at once
            }

            @Override
            public void close() {
                // nothing is held open
            }
        };
    }
}
