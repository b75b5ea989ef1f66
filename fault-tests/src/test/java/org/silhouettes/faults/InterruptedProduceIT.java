package org.silhouettes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.cli.Main;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.wire.kafka.TopicScan;

/** The command {@code produce}, a process of its own, ended in the middle of its stream, and what {@code --from} makes of it. */
@Timeout(180)
class InterruptedProduceIT {

    private static final int IMAGES = 2_000;
    private static final int MODELS = 2;

    @TempDir
    Path folder;

    @Test
    void aReplayThatWasToldToEndGoesOnAsItSays() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String said;
            try (ChildJvm producer = interrupted(kafka, "told")) {
                producer.terminate();
                said = producer.logTail();
            }
            Matcher next = Pattern.compile("or --from (\\d+)").matcher(said);
            assertThat(next.find()).as(said).isTrue();
            assertThat(Integer.parseInt(next.group(1))).isBetween(1, IMAGES - 1);

            produce(kafka, "told", "--from=" + next.group(1));
            assertWhole(kafka, "told");
        }
    }

    @Test
    void aReplayThatWasKilledGoesOnByWhatTheTopicHolds() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            try (ChildJvm producer = interrupted(kafka, "killed")) {
                producer.kill();
            }
            assertThat(records(kafka, "killed").values())
                    .allSatisfy(records -> assertThat(records).hasSizeLessThan(IMAGES));
            produce(kafka, "killed", "--from=topic");
            assertWhole(kafka, "killed");

            // nothing is left to send, and another replay is not taken for this one
            assertThat(produce(kafka, "killed", "--from=topic")).contains("sent 0 images");
            StringWriter err = new StringWriter();
            int code = Main.execute(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err, true),
                    arguments(kafka, "killed", "--from=topic", "--dataset-seed=1"));
            assertThat(code).isEqualTo(2);
            assertThat(err.toString()).contains("is another replay's");
        }
    }

    /** A process that has sent some of its images, and is at it. */
    private ChildJvm interrupted(EmbeddedKafka kafka, String topic) {
        ChildJvm producer = ChildJvm.start(
                topic,
                folder,
                Main.class,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                List.of(arguments(kafka, topic, "--rate=200")));
        Await.until("some images are sent", FlinkProcesses.PATIENCE, producer::logTail, () -> {
            producer.mustLive();
            return producer.logTail().contains("created topic")
                    && records(kafka, topic).values().stream().anyMatch(records -> records.size() > 50);
        });
        return producer;
    }

    private static String[] arguments(EmbeddedKafka kafka, String topic, String... more) {
        return Stream.concat(
                        Stream.of(
                                "produce",
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--dataset=glyphs",
                                "--size=8",
                                "--images=" + IMAGES,
                                "--topic=" + topic,
                                "--partitions=3",
                                "--model=left,right",
                                "--labels=delayed:5",
                                "--flush"),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static String produce(EmbeddedKafka kafka, String topic, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments(kafka, topic, more));
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    /** The topic holds what one that was sent without a break holds, in order: nothing is missing, and nothing twice. */
    private static void assertWhole(EmbeddedKafka kafka, String topic) {
        produce(kafka, "whole");
        Map<String, List<String>> whole = records(kafka, "whole");
        assertThat(whole).hasSize(MODELS);
        assertThat(whole.values()).allSatisfy(records -> assertThat(records).hasSize(2 * IMAGES));
        assertThat(records(kafka, topic)).isEqualTo(whole);
    }

    /** All that is in a record but its time and place, by model. */
    private static Map<String, List<String>> records(EmbeddedKafka kafka, String topic) {
        Map<String, List<String>> records = new TreeMap<>();
        TopicScan.committed(kafka.bootstrapServers(), topic, record -> {
            StringBuilder text = new StringBuilder();
            record.headers().forEach(header -> text.append(header.key())
                    .append('=')
                    .append(new String(header.value(), UTF_8))
                    .append(' '));
            text.append(Arrays.hashCode(record.value()));
            records.computeIfAbsent(new String(record.key(), UTF_8), any -> new ArrayList<>())
                    .add(text.toString());
        });
        return records;
    }
}
