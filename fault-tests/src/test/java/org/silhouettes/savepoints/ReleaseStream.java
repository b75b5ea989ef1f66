package org.silhouettes.savepoints;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.silhouettes.job.SilhouettesJob;
import org.silhouettes.job.Sinks;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * The stream that every release's savepoint is cut out of, and the job on it: images of 8 x 8 of two models in turn, one
 * in eleven never to be learned from, and a third model that is still in its warm-up at the cut. It must never change.
 */
final class ReleaseStream {

    /** Records of the whole stream; the last one of each model flushes. */
    static final int SIZE = 1200;

    private static final int SIDE = 8;

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("model.groups", "2"),
            Map.entry("model.group-size", "4"),
            Map.entry("model.batch", "8"),
            Map.entry("encoder.lambda", "0.2"),
            Map.entry("encoder.layers", "5"),
            Map.entry("init.method", "kmeans"),
            Map.entry("init.warm-up", "40"),
            Map.entry("snapshot.every", "1000"),
            Map.entry("activity.every", "2"),
            Map.entry("input.deduplicate", "365 d"),
            Map.entry("checkpoint.interval", "1 h"),
            // one file holds all
            Map.entry("flink.execution.checkpointing.data-inline-threshold", "1 mb"));

    private ReleaseStream() {}

    /** Defines the job on the stream. */
    static void define(
            StreamExecutionEnvironment env,
            RateLimiterStrategy<NumberSequenceSplit> rate,
            Path checkpoints,
            Sink<WireRecord> dictionaries,
            Sink<WireRecord> activity) {
        Map<String, String> options = new TreeMap<>(OPTIONS);
        options.put("flink.execution.checkpointing.dir", checkpoints.toUri().toString());
        GeneratorFunction<Long, RawRecord> generator = ReleaseStream::record;
        DataGeneratorSource<RawRecord> source = new DataGeneratorSource<>(generator, SIZE, rate, RecordTypeInfo.RAW);
        Sink<WireRecord> nowhere = new DiscardingSink<>();
        SilhouettesJob.defineWorkflow(
                env,
                source,
                new Sinks(dictionaries, nowhere, activity, Optional.empty(), nowhere),
                JobSettings.from(options));
    }

    private static RawRecord record(long n) {
        Random random = new Random(n);
        int kind = random.nextInt(4);
        int at = random.nextInt(SIDE);
        byte[] samples = new byte[SIDE * SIDE];
        for (int i = 0; i < samples.length; i++) {
            boolean on = (kind % 2 == 0 ? i / SIDE : i % SIDE) == at && (kind < 2 || i % 3 != 0);
            samples[i] = (byte) (random.nextInt(30) + (on ? 180 : 0));
        }
        // the third model's images come once in fifty: its warm-up is not over before the end
        String model = n % 50 == 49 ? "rare" : n % 2 == 0 ? "even" : "odd";
        RecordHeaders headers = RecordHeaders.of(
                Headers.CONTENT_TYPE,
                Headers.RAW,
                Headers.WIDTH,
                Integer.toString(SIDE),
                Headers.HEIGHT,
                Integer.toString(SIDE),
                Headers.CHANNELS,
                "1",
                Headers.LABEL,
                Integer.toString(kind),
                Headers.ID,
                "#" + n);
        if (n % 11 == 5) {
            headers = headers.with(Headers.LEARN, "false");
        }
        if (n >= SIZE - 3) {
            headers = headers.with(Headers.FLUSH, "true");
        }
        return new RawRecord(model.getBytes(StandardCharsets.UTF_8), samples, headers, "images", 0, n);
    }
}
