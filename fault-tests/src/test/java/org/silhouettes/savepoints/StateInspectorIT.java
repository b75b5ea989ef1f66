package org.silhouettes.savepoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.experiments.inspect.ModelRow;
import org.silhouettes.experiments.inspect.StateInspector;
import org.silhouettes.job.SilhouettesJob;
import org.silhouettes.job.Sinks;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/** The real job, stopped with a savepoint in each of Flink's formats, then read. */
class StateInspectorIT {

    @TempDir
    private Path folder;

    @Test
    void aSavepointsModelsAreListedAndExported() throws Exception {
        for (SavepointFormatType format : SavepointFormatType.values()) {
            StateInspector inspector = new StateInspector(savepoint(format));
            List<ModelRow> models = inspector.models();
            assertThat(models).extracting(row -> row.name).containsExactly("early", "learning");
            ModelRow early = models.get(0);
            assertThat(early.version).isEqualTo(-1);
            assertThat(early.waiting).isEqualTo(10);
            assertThat(early.shape()).isEqualTo("2x3x1");
            assertThat(early.sha256).isEmpty();
            ModelRow learning = models.get(1);
            assertThat(learning.version).isGreaterThanOrEqualTo(10);
            assertThat(learning.images).isEqualTo(learning.version * 4);
            assertThat(learning.shape()).isEqualTo("2x3 of 2x3x1");
            assertThat(learning.sha256).hasSize(64);

            Map<String, Npy.Array> npz = unzipped(inspector.export("learning").orElseThrow());
            assertThat(npz.get("atoms.npy").shape()).containsExactly(6, 2, 3, 1);
            assertThat(npz.get("mean.npy").shape()).containsExactly(2, 3, 1);
            float[] atoms = npz.get("atoms.npy").floats();
            double norm = 0;
            for (int i = 0; i < 6; i++) {
                norm += atoms[i] * atoms[i];
            }
            assertThat(norm).isBetween(0.9999, 1.0001);
            if (format == SavepointFormatType.NATIVE) {
                assertThat(inspector.export("early"))
                        .as("a model in its warm-up")
                        .isEmpty();
            }
        }
    }

    @Test
    void whatIsNoSavepointIsSaidToBeNone() {
        assertThatThrownBy(() -> new StateInspector(folder.toUri().toString()).models())
                .hasMessageContaining("savepoint");
    }

    private String savepoint(SavepointFormatType format) throws Exception {
        JobSettings settings = JobSettings.from(Map.of(
                "model.groups", "2",
                "model.group-size", "3",
                "model.batch", "4",
                "encoder.lambda", "0.1",
                "init.warm-up", "20",
                "snapshot.every", "1000",
                "checkpoint.interval", "1 h",
                "flink.execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString()));
        try (StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration())) {
            GeneratorFunction<Long, RawRecord> generator = StateInspectorIT::record;
            DataGeneratorSource<RawRecord> source = new DataGeneratorSource<>(
                    generator, Long.MAX_VALUE, RateLimiterStrategy.perSecond(2000), RecordTypeInfo.RAW);
            Path progress = Files.createTempFile(folder, "progress", "");
            Sink<WireRecord> nowhere = new DiscardingSink<>();
            Sinks sinks = new Sinks(nowhere, nowhere, new ProgressSink(progress), Optional.empty(), nowhere);
            SilhouettesJob.defineWorkflow(env, source, sinks, settings);
            JobClient job = env.executeAsync("to be inspected");
            Awaitility.await("three activity records")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Files.size(progress) >= 3);
            return SavepointStop.of(job, folder.resolve("savepoints"), format)
                    .toUri()
                    .toString();
        }
    }

    /** The first ten records are of one model, all others of another. */
    private static RawRecord record(long n) {
        byte[] samples = new byte[6];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (n * 31 + i * n * 17);
        }
        return new RawRecord(
                (n < 10 ? "early" : "learning").getBytes(StandardCharsets.UTF_8),
                samples,
                RecordHeaders.of(
                        Headers.CONTENT_TYPE,
                        Headers.RAW,
                        Headers.WIDTH,
                        "3",
                        Headers.HEIGHT,
                        "2",
                        Headers.CHANNELS,
                        "1"),
                "images",
                0,
                n);
    }

    private static Map<String, Npy.Array> unzipped(byte[] npz) throws Exception {
        Map<String, Npy.Array> arrays = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(entry.getName(), Npy.decode(zip.readAllBytes()));
            }
        }
        return arrays;
    }
}
