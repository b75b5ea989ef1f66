package org.silhouettes.job;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.silhouettes.wire.WireRecord;

/** Keeps records in this JVM, by name. */
final class CollectingSink implements Sink<WireRecord> {

    private static final Map<String, List<WireRecord>> RECORDS = new ConcurrentHashMap<>();

    private final String name;

    CollectingSink(String name) {
        this.name = name;
        RECORDS.put(name, new CopyOnWriteArrayList<>());
    }

    List<WireRecord> records() {
        return RECORDS.get(name);
    }

    @Override
    public SinkWriter<WireRecord> createWriter(WriterInitContext context) {
        List<WireRecord> records = RECORDS.get(name);
        return new SinkWriter<>() {
            @Override
            public void write(WireRecord record, Context writeContext) {
                records.add(record);
            }

            @Override
            public void flush(boolean endOfInput) {
                // a record is kept as soon as it is written
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
    }
}
