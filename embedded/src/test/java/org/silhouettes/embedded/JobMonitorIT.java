package org.silhouettes.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class JobMonitorIT {

    private static final Map<String, String> RESTARTS = Map.of(
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "1000000",
            "restart-strategy.fixed-delay.delay", "200 ms");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private static JobID failing(EmbeddedFlink flink, MapFunction<Long, Long> function) {
        StreamExecutionEnvironment env = flink.environment();
        env.fromSequence(0, 10).map(function).sinkTo(new DiscardingSink<>());
        return flink.submit(env, "failing");
    }

    @Test
    void aJobThatAlwaysFailsIsReportedAndGivenUpWithItsCause() {
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withOverrides(RESTARTS))) {
            JobID job = failing(flink, n -> {
                throw new IllegalStateException("record " + n + " is one too many");
            });
            JobMonitor monitor = new JobMonitor(flink, job, 3, lines::add);
            assertThatThrownBy(monitor::follow)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("failed 3 times without a completed checkpoint")
                    .hasMessageContaining("record 0 is one too many");
            assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line)
                    .startsWith("the job failed and restarts: record 0 is one too many"));
            assertThat(flink.status(job).isGloballyTerminalState()).isTrue();
        }
    }

    @Test
    void aJobThatWaitsForKafkaIsReportedAndNeverGivenUp() {
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withOverrides(RESTARTS))) {
            JobID job = failing(flink, n -> {
                throw new RuntimeException("sink", new TimeoutException("no broker"));
            });
            JobMonitor monitor = new JobMonitor(flink, job, 1, lines::add);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                monitor.check();
                return lines.size() >= 3;
            });
            assertThat(lines).allSatisfy(line -> assertThat(line).contains("TimeoutException: no broker"));
            flink.cancel(job);
        }
    }
}
