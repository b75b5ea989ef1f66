package org.silhouettes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.silhouettes.wire.Topics;

/** Rows of the table in which what comes in is wrong. */
final class InputFaults {

    private final FaultLab lab;

    InputFaults(FaultLab lab) {
        this.lab = lab;
    }

    /** One fuzzed record behind every ten good ones: all of them and nothing else is rejected, and nothing is changed. */
    FaultRow fuzzed(int bad, long seed) {
        int models = FaultLab.STREAM.models();
        ImageStream stream = new ImageStream(models, 10 * bad / models, 8, FaultLab.STREAM.partitions(), seed);
        Map<String, String> options = Map.of("snapshot.every", "200", "activity.every", "100");
        RunSettings plain = RunSettings.plain("unfuzzed").withStream(stream).withOptions(options);
        Outcome expected;
        try (FaultRun run = lab.run(plain)) {
            expected = run.faultFreeOutcome();
        }
        Mix mix = new Mix(new FuzzedRecords(stream, seed));
        RunSettings mixed = RunSettings.plain("fuzzed")
                .withStream(stream)
                .withOptions(options)
                .withRecords(mix::mix);
        try (FaultRun run = lab.run(mixed)) {
            Outcome all = run.outcome(expected);
            Set<String> rejected = new TreeSet<>(all.about(Topics.REJECTED).keySet());
            Set<String> missed = new TreeSet<>(mix.bad);
            missed.removeAll(rejected);
            rejected.removeAll(mix.bad);
            Outcome.Difference difference = all.without(Topics.REJECTED).from(expected);
            if (!difference.none() || !missed.isEmpty() || !rejected.isEmpty()) {
                System.out.println("fuzzed: not rejected " + missed + ", rejected but good " + rejected + "\n"
                        + difference.examples());
            }
            return new FaultRow(
                    mix.bad.size() + " fuzzed records, 1:10",
                    1,
                    0,
                    difference.lost() + missed.size(),
                    difference.duplicated() + rejected.size(),
                    difference.hashEqual(),
                    difference.none() && missed.isEmpty() && rejected.isEmpty() && mix.bad.size() == bad,
                    "among " + stream.size() + " good ones (seed " + seed + "): all and only the bad ones rejected");
        }
    }

    /**
     * A poison record behind every fifty good ones: pictures that claim a size far beyond the heap, hold thousands of
     * scans or are damaged. Each is rejected, and nothing else is changed.
     */
    FaultRow poisoned() {
        List<ProducerRecord<byte[], byte[]>> bad = new ArrayList<>();
        RunSettings settings = RunSettings.plain("poisoned").withRecords(good -> {
            List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
            for (int n = 0; n < good.size(); n++) {
                all.add(good.get(n));
                if (n % 50 == 49) {
                    bad.add(PoisonRecords.behind(good.get(n), bad.size()));
                    all.add(bad.get(bad.size() - 1));
                }
            }
            return all;
        });
        try (FaultRun run = lab.run(settings)) {
            Outcome all = run.outcome(lab.faultFree());
            Outcome.Difference difference = all.without(Topics.REJECTED).from(lab.faultFree());
            long rejected = all.count(Topics.REJECTED);
            if (!difference.none()) {
                System.out.println("poisoned differs:\n" + difference.examples());
            }
            return new FaultRow(
                    bad.size() + " poison records among good ones",
                    1,
                    0,
                    difference.lost() + Math.max(0, bad.size() - rejected),
                    difference.duplicated() + Math.max(0, rejected - bad.size()),
                    difference.hashEqual(),
                    difference.none() && rejected == bad.size() && !bad.isEmpty(),
                    "pictures that claim 30000 x 30000, hold thousands of scans or are damaged: all rejected, no restart");
        }
    }

    /**
     * A producer that sends every image twice, the second time a dozen records later, with {@code input.deduplicate} on
     * and the TaskManager killed in between: ids are state like everything else.
     */
    FaultRow deliveredTwice() {
        FlinkProcesses flink = lab.flink();
        Map<String, String> options = Map.of("input.deduplicate", "1 h");
        Outcome expected;
        try (FaultRun run = lab.run(RunSettings.plain("delivered-once").withOptions(options))) {
            expected = run.faultFreeOutcome();
        }
        RunSettings twice =
                RunSettings.plain("delivered-twice").withOptions(options).withRecords(InputFaults::eachTwice);
        try (FaultRun run = lab.run(twice)) {
            CompletableFuture<Void> sending = run.sendUpTo(0.6, Duration.ofSeconds(3));
            flink.awaitCheckpoints(run.job(), 1);
            run.restartsAfter("TaskManager's kill", () -> {
                flink.taskManager().kill();
                flink.launchTaskManager();
            });
            Feed.await(sending);
            Outcome.Difference difference = run.outcome(expected).from(expected);
            if (!difference.none()) {
                System.out.println("delivered-twice differs:\n" + difference.examples());
            }
            return new FaultRow(
                    "every image delivered twice",
                    1,
                    run.medianRecovery(),
                    difference.lost(),
                    difference.duplicated(),
                    difference.hashEqual(),
                    difference.none(),
                    "`input.deduplicate` on; TaskManager killed in between");
        }
    }

    private static List<ProducerRecord<byte[], byte[]>> eachTwice(List<ProducerRecord<byte[], byte[]>> records) {
        int behind = 12;
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(2 * records.size());
        for (int n = 0; n < records.size() + behind; n++) {
            if (n < records.size()) {
                all.add(records.get(n));
            }
            if (n >= behind) {
                all.add(records.get(n - behind));
            }
        }
        return all;
    }

    /**
     * The images topic is deleted and created again, then filled with as many records as the job had read: a consumer
     * would find its old offsets there and skip the new images. The job has to fail by name, and nothing read from the
     * new topic may come out.
     */
    FaultRow topicCreatedAgain() {
        FlinkProcesses flink = lab.flink();
        String servers = lab.broker().bootstrapServers();
        try (FaultRun run = lab.run("topic-again")) {
            Feed.await(run.sendUpTo(0.5, Duration.ofSeconds(1)));
            Outcome before = run.settled();
            long codes = before.count(Topics.CODES);
            run.topics().deleteImages(servers);
            run.topics().createImagesAgain(servers);
            run.feed().finish();
            Await.until("job fails by name", FlinkProcesses.PATIENCE, flink::logs, () -> flink.failures(run.job())
                    .contains("was deleted and created again"));
            Outcome after = run.reader().readToEnd();
            Outcome.Difference difference = after.from(before);
            return new FaultRow(
                    "images topic deleted and created again",
                    1,
                    0,
                    difference.lost(),
                    difference.duplicated(),
                    difference.hashEqual(),
                    difference.none() && codes > 0,
                    "the job fails and says so by name; nothing read from the new topic came out");
        }
    }

    /** Puts a bad record behind every ten good ones and notes where in the topic it will be. */
    private static final class Mix {

        private final FuzzedRecords fuzzed;
        private final Set<String> bad = new TreeSet<>();

        Mix(FuzzedRecords fuzzed) {
            this.fuzzed = fuzzed;
        }

        List<ProducerRecord<byte[], byte[]>> mix(List<ProducerRecord<byte[], byte[]>> good) {
            List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>(good.size() * 11 / 10);
            // a single idempotent producer into new topics: a record's offset is its number in its partition
            Map<Integer, Long> offsets = new HashMap<>();
            for (int n = 0; n < good.size(); n++) {
                all.add(good.get(n));
                offsets.merge(good.get(n).partition(), 1L, Long::sum);
                if (n % 10 == 9) {
                    ProducerRecord<byte[], byte[]> next =
                            fuzzed.next(good.get(n).topic());
                    all.add(next);
                    long offset = offsets.merge(next.partition(), 1L, Long::sum) - 1;
                    bad.add(Topics.REJECTED + " " + next.partition() + "@" + offset);
                }
            }
            return all;
        }
    }
}
