package org.silhouettes.job;

import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.silhouettes.wire.WireRecord;

/**
 * Where the job's output goes.
 *
 * @param codes empty where no codes are emitted
 */
public record Sinks(
        Sink<WireRecord> dictionaries,
        Sink<WireRecord> silhouettes,
        Sink<WireRecord> activity,
        Optional<Sink<WireRecord>> codes,
        Sink<WireRecord> rejected) {}
