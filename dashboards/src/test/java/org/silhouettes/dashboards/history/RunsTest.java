package org.silhouettes.dashboards.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.message.DictionaryKey;

/** Runs of one model from several topics and partitions, which are read in no order. */
class RunsTest {

    private static final int VERSIONS = 6;

    private final Models models = new Models(1 << 24, model -> {});
    private long clock;

    /** A record of a topic, on its way. */
    private interface Record {
        void to(Models models) throws IOException;
    }

    @Test
    void theNewestRunIsWholeInWhateverOrderTheTopicsAreRead() throws IOException {
        for (int runs = 1; runs <= 7; runs++) {
            for (int seed = 0; seed < 40; seed++) {
                Models read = new Models(1 << 24, model -> {});
                clock = 0;
                for (Record record : shuffled(topics(runs), new Random(seed))) {
                    record.to(read);
                }
                assertNewest(read.find("m").orElseThrow(), runs - 1);
            }
        }
    }

    @Test
    void theNewestRunIsWholeAlsoWhereOneTopicIsReadFarAhead() throws IOException {
        for (int ahead = 0; ahead < 3; ahead++) {
            Models read = new Models(1 << 24, model -> {});
            clock = 0;
            List<Deque<Record>> topics = topics(7);
            List<Record> order = new ArrayList<>(topics.remove(ahead));
            topics.forEach(order::addAll);
            for (Record record : order) {
                record.to(read);
            }
            assertNewest(read.find("m").orElseThrow(), 6);
        }
    }

    @Test
    void rowsOfAnotherRunHaveAnotherStamp() throws IOException {
        models.add(report("first", 10));
        long before = models.find("m").orElseThrow().rowsStamp();
        models.add(report("second", 0));
        assertThat(models.find("m").orElseThrow().run()).isEqualTo("second");
        assertThat(models.find("m").orElseThrow().rowsStamp()).isNotEqualTo(before);
        assertThat(models.find("m").orElseThrow().rows())
                .extracting(Series.Row::version)
                .containsExactly(0L);
    }

    @Test
    void aDeletedRunLeavesTheHistoryInWhateverOrderTheTopicsAreRead() throws IOException {
        List<String> deleted = new ArrayList<>();
        Models read = new Models(1 << 24, new Models.Listener() {
            @Override
            public void changed(ModelHistory model) {}

            @Override
            public void deleted(String model) {
                deleted.add(model);
            }
        });
        Deletion first = new Deletion("m", Optional.of("first"), 20);
        read.add(report("first", 1, 5));
        read.add(part("first", 1, 0, 6));
        read.delete(first);
        assertThat(deleted).containsExactly("m");
        assertThat(read.all()).isEmpty();
        assertThat(read.bytes()).isZero();
        // of another topic, read late
        read.add(report("first", 2, 8));
        assertThat(read.all()).isEmpty();
        read.add(report("second", 0, 20));
        assertThat(read.find("m").orElseThrow().run()).isEqualTo("second");
        read.delete(first);
        assertThat(read.find("m").orElseThrow().run()).isEqualTo("second");
        // a job that was restored from before the deletion
        read.add(report("first", 3, 21));
        assertThat(read.find("m").orElseThrow().run()).isEqualTo("first");
        // by somebody who knows no run
        read.delete(new Deletion("m", Optional.empty(), 30));
        assertThat(deleted).containsExactly("m", "m");
        read.add(report("second", 1, 30));
        assertThat(read.all()).isEmpty();
    }

    @Test
    void theNewestRunIsDeletedAndTheOneBeforeIsShownAgain() throws IOException {
        models.add(report("first", 1, 1));
        models.add(report("second", 0, 2));
        long stamp = models.find("m").orElseThrow().rowsStamp();
        models.delete(new Deletion("m", Optional.of("second"), 3));
        assertThat(models.find("m").orElseThrow().run()).isEqualTo("first");
        assertThat(models.find("m").orElseThrow().rowsStamp()).isNotEqualTo(stamp);
    }

    @Test
    void versionsThatAreCompletedOutOfOrderAreNoRestart() {
        // version 8's mean image lies in another partition than version 4's, and is read first
        models.add(part("run", 8, 0, 8));
        models.add(part("run", 8, DictionaryKey.MEAN, 8));
        models.add(part("run", 4, 0, 4));
        models.add(part("run", 4, DictionaryKey.MEAN, 4));
        assertThat(models.find("m").orElseThrow().snapshots())
                .extracting(Snapshot::version)
                .containsExactly(4L, 8L);
    }

    /** Two partitions of dictionaries and one of activity, with one run after another. */
    private List<Deque<Record>> topics(int runs) {
        Deque<Record> groups = new ArrayDeque<>();
        Deque<Record> means = new ArrayDeque<>();
        Deque<Record> activity = new ArrayDeque<>();
        for (int run = 0; run < runs; run++) {
            String id = id(run);
            for (int version = 0; version < VERSIONS; version++) {
                long at = clock++;
                long v = version;
                groups.add(to -> to.add(part(id, v, 0, at)));
                means.add(to -> to.add(part(id, v, DictionaryKey.MEAN, at)));
                activity.add(to -> to.add(report(id, v, at)));
            }
        }
        return new ArrayList<>(List.of(groups, means, activity));
    }

    /** Ids do not rise with time. */
    private static String id(int run) {
        return "run-" + run * 5 % 7;
    }

    private static List<Record> shuffled(List<Deque<Record>> topics, Random random) {
        List<Record> order = new ArrayList<>();
        while (!topics.isEmpty()) {
            Deque<Record> topic = topics.get(random.nextInt(topics.size()));
            // some records at once, as a poll gives them
            for (int n = random.nextInt(8); n >= 0 && !topic.isEmpty(); n--) {
                order.add(topic.remove());
            }
            topics.removeIf(Deque::isEmpty);
        }
        return order;
    }

    private static void assertNewest(ModelHistory model, int run) {
        Long[] versions = {0L, 1L, 2L, 3L, 4L, 5L};
        assertThat(model.run()).isEqualTo(id(run));
        assertThat(model.rows()).extracting(Series.Row::version).containsExactly(versions);
        assertThat(model.snapshots()).extracting(Snapshot::version).containsExactly(versions);
        assertThat(model.snapshots()).extracting(Snapshot::settingsHash).allMatch(id(run)::equals);
        assertThat(model.heldPixels()).hasSize(VERSIONS);
    }

    private ActivityReport report(String run, long version) throws IOException {
        return report(run, version, clock++);
    }

    private static ActivityReport report(String run, long version, long at) throws IOException {
        String json =
                "{\"version\":" + version + ",\"learned\":1,\"emittedAtMillis\":" + at + ",\"window\":{\"mse\":1}}";
        return ActivityReport.parse("m", run, at, json.getBytes(StandardCharsets.UTF_8));
    }

    private static DictionaryPart part(String run, long version, int group, long at) {
        RecordPosition position = new RecordPosition("dictionaries", group + 1, version);
        return Parts.of(1, 1, 2, run + version).part("m", run, version, group, position, at);
    }
}
