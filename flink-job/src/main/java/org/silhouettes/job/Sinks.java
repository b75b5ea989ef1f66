package org.silhouettes.job;

import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;
import org.silhouettes.job.record.OutRecord;

/**
 * Where the job's output goes.
 *
 * @param codes empty where no codes are emitted
 */
public record Sinks(
        Sink<OutRecord> dictionaries,
        Sink<OutRecord> silhouettes,
        Sink<OutRecord> activity,
        Optional<Sink<OutRecord>> codes,
        Sink<OutRecord> rejected) {}
