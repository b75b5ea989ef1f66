package org.silhouettes.savepoints;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** Writes the newest version of every dictionary into a folder: {@code model-group.npy}, and {@code model.sha256}. */
final class DictionaryFiles implements Sink<WireRecord> {

    private final String folder;

    DictionaryFiles(Path folder) {
        this.folder = folder.toString();
    }

    @Override
    public SinkWriter<WireRecord> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(WireRecord record, Context writeContext) throws IOException {
                String key = new String(record.key(), StandardCharsets.UTF_8);
                Path files = Path.of(folder);
                Files.write(files.resolve(key.replace('/', '-') + ".npy"), record.value());
                Files.writeString(
                        files.resolve(record.headers().text(Headers.MODEL) + ".sha256"),
                        record.headers().text(Headers.SHA256));
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
