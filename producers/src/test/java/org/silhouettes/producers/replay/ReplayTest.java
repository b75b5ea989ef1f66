package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.silhouettes.producers.dataset.ImageSource;

class ReplayTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void aPassSendsEveryImageInFileOrderWithItsHeaders() throws IOException {
        ReplayReport report = replay(new NumberedSource(4), options()).run();

        assertThat(numbers()).containsExactly(0, 1, 2, 3);
        ProducerRecord<byte[], byte[]> second = producer.history().get(1);
        assertThat(second.topic()).isEqualTo("images");
        assertThat(text(second.key())).isEqualTo("m");
        assertThat(second.timestamp()).isNull();
        assertThat(headers(second))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "application/x-raw-image",
                        "width", "2",
                        "height", "1",
                        "channels", "1",
                        "id", "numbered/1",
                        "label", "b"));
        assertThat(report.images()).isEqualTo(4);
        assertThat(report.complete()).isTrue();
        assertThat(report.bytes()).isEqualTo(8);
        assertThat(report.endOffsets()).containsExactly(Map.entry(0, 4L));
    }

    @Test
    void theLastImageAloneFlushesAndNoneIsLearnedFromWhereThatIsAsked() throws IOException {
        replay(new NumberedSource(3), options().flush(true).learn(false).labels(Labels.OFF))
                .run();

        assertThat(producer.history()).allSatisfy(record -> assertThat(headers(record))
                .containsEntry("learn", "false")
                .doesNotContainKey("label"));
        assertThat(producer.history().stream().map(record -> headers(record).get("flush")))
                .containsExactly(null, null, "true");
    }

    @Test
    void shuffledPassesAreDifferentPermutationsThatTheSeedDecides() throws IOException {
        ReplayOptions.Builder twice = options().order(Order.SHUFFLED).seed(5).passes(2);
        replay(new NumberedSource(50), twice).run();
        List<Integer> first = numbers();
        producer.clear();
        replay(new NumberedSource(50), twice).run();

        assertThat(numbers()).isEqualTo(first);
        assertThat(first.subList(0, 50))
                .containsExactlyInAnyOrderElementsOf(NumberedSource.numbers(0, 50))
                .isNotEqualTo(first.subList(50, 100));
        assertThat(first.subList(50, 100)).containsExactlyInAnyOrderElementsOf(NumberedSource.numbers(0, 50));
    }

    @Test
    void byClassSendsOneClassAfterTheOther() throws IOException {
        replay(new NumberedSource(7), options().order(Order.BY_CLASS)).run();

        assertThat(numbers()).containsExactly(0, 3, 6, 1, 4, 2, 5);
    }

    @Test
    void onlyTheChosenClassesAreSent() throws IOException {
        replay(new NumberedSource(7), options().classes(List.of("c", "a"))).run();

        assertThat(numbers()).containsExactly(0, 2, 3, 5, 6);
    }

    @Test
    void anEndlessSourceGivesTheChosenClassesInTurn() throws IOException {
        replay(
                        new NumberedSource(ImageSource.ENDLESS),
                        options().classes(List.of("c", "a")).images(5))
                .run();

        assertThat(numbers()).containsExactly(0, 2, 3, 5, 6);
    }

    @Test
    void aReplayResumedAnywhereSendsWhatItWouldHaveSent() throws IOException {
        ReplayOptions.Builder builder =
                options().order(Order.SHUFFLED).passes(3).images(100);
        replay(new NumberedSource(40), builder).run();
        List<Integer> whole = numbers();
        for (int from : new int[] {1, 39, 40, 99, 100}) {
            producer.clear();
            ReplayReport report =
                    replay(new NumberedSource(40), builder.from(from)).run();

            assertThat(numbers()).as("from %d", from).isEqualTo(whole.subList(from, 100));
            assertThat(report.images()).isEqualTo(100 - from);
        }
    }

    @Test
    void everyModelGetsEveryImageOrEachItsTurn() throws IOException {
        replay(new NumberedSource(3), options().models("m", "n").flush(true)).run();
        assertThat(sent()).containsExactly("m0", "n0", "m1", "n1", "m2!", "n2!");

        producer.clear();
        replay(new NumberedSource(5), options().models("m", "n").flush(true).spread(Spread.DEAL))
                .run();
        assertThat(sent()).containsExactly("m0", "n1", "m2", "n3!", "m4!");
    }

    @Test
    void aRateSpacesTheImagesEvenly() throws IOException {
        List<Long> sentAt = new ArrayList<>();
        replay(new NumberedSource(5), options().pacing(new Pacing.Rate(4)), watching(sentAt))
                .run();

        assertThat(sentAt.stream().map(nanos -> nanos / 1e9)).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    }

    @Test
    void burstsComeAtOnceAndThenPause() throws IOException {
        List<Long> sentAt = new ArrayList<>();
        replay(new NumberedSource(5), options().pacing(new Pacing.Bursts(2, Duration.ofSeconds(3))), watching(sentAt))
                .run();

        assertThat(sentAt.stream().map(nanos -> nanos / 1e9)).containsExactly(0.0, 0.0, 3.0, 3.0, 6.0);
    }

    @Test
    void aPacedReplayThatWasHeldBackCatchesUpOneSecondAtMost() throws IOException {
        List<Long> sentAt = new ArrayList<>();
        MockProducer<byte[], byte[]> slow = new WatchedProducer(sentAt, count -> ticker.advance(count == 1 ? 10 : 0));
        ReplayReport report = new Replay(
                        new NumberedSource(6),
                        options().pacing(new Pacing.Rate(1)).build(),
                        Resumption.NONE,
                        slow,
                        Progress.silent(),
                        ticker)
                .run();

        assertThat(sentAt.stream().map(nanos -> nanos / 1e9)).containsExactly(0.0, 10.0, 10.0, 11.0, 12.0, 13.0);
        assertThat(report.backpressure()).isCloseTo(10 / 13.0, within(1e-9));
    }

    @Test
    void aRecordThatKafkaRefusesIsToldWithWhereToResume() {
        MockProducer<byte[], byte[]> refusing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<byte[], byte[]> record, Callback callback) {
                        Future<RecordMetadata> sent = super.send(record, callback);
                        if (history().size() == 3) {
                            errorNext(new RecordTooLargeException("too large"));
                        } else {
                            completeNext();
                        }
                        return sent;
                    }
                };
        Replay replay = replay(new NumberedSource(4), options(), refusing);

        assertThatThrownBy(replay::run)
                .isInstanceOfSatisfying(
                        ReplayException.class, e -> assertThat(e.resumeFrom()).isEqualTo(2))
                .hasMessage(
                        "image 2 of numbered could not be sent to topic images (too large): resume with --from topic, which"
                                + " looks up what has arrived; --from 2 may send again what arrived of the images after it");
    }

    @Test
    void aStoppedReplayTellsWhereItIs() throws IOException {
        List<Long> sentAt = new ArrayList<>();
        Replay[] replay = new Replay[1];
        MockProducer<byte[], byte[]> stopping = new WatchedProducer(sentAt, count -> {
            if (count == 3) {
                replay[0].stop();
            }
        });
        replay[0] = new Replay(
                new NumberedSource(9), options().build(), Resumption.NONE, stopping, Progress.silent(), ticker);

        ReplayReport report = replay[0].run();

        assertThat(report.complete()).isFalse();
        assertThat(report.next()).isEqualTo(3);
    }

    @Test
    void whatTheReplayCannotDoIsRefusedByOption() {
        refused(() -> options().models(List.of()).build(), "option model is empty, it must be at least one name");
        refused(
                () -> options().models("m", "m").build(),
                "option model is m,m, it must be names that are all different");
        refused(
                () -> options().models("x".repeat(201)).build(),
                "option model is 201 bytes long (\"" + "x".repeat(201) + "\"), it must be 1 to 200 bytes of UTF-8");
        refused(
                () -> options().passes(0).build(),
                "option passes is 0, it must be at least 1; leave it out for one pass, or ask for an endless replay");
        refused(
                () -> options().images(5).from(6).build(),
                "option from is 6, it must be at most the number of images, 5: the replay from there is over");
        refused(
                () -> replay(new NumberedSource(4), options().from(5)),
                "option from is 5, but the replay has only 4 images");
        refused(
                () -> replay(new NumberedSource(4), options().classes(List.of("z"))),
                "option classes names \"z\", source numbered has the classes a, b, c");
        refused(
                () -> replay(new NumberedSource(ImageSource.ENDLESS), options().order(Order.BY_CLASS)),
                "option order is BY_CLASS, but source numbered never ends: use order FILE or a drift plan");
        refused(
                () -> new Pacing.Rate(0),
                "option rate is 0.0 images/s, it must be above 0: leave it out to send as fast as Kafka takes them");
        refused(
                () -> options().plan(DriftPlan.parse("images=1")).passes(2).build(),
                "option plan cannot be combined with order, classes or passes, which the phases of the plan set: remove one"
                        + " or the other");
        refused(
                () -> replay(new NumberedSource(4), options().order(Order.BY_TIME)),
                "option order is BY_TIME, but source numbered does not know when its images were taken: use a folder of"
                        + " files");
        refused(
                () -> options().pacing(new Pacing.EventTime(1)).build(),
                "option order is FILE, it must be BY_TIME for a replay in event time");
    }

    @Test
    void eventTimeKeepsTheDistancesAndSaysWhenImagesWereTaken() throws IOException {
        Instant start = Instant.parse("2024-05-01T00:00:00Z");
        List<Instant> times = List.of(start.plusSeconds(60), start, start.plusSeconds(20));
        List<Long> sentAt = new ArrayList<>();
        WatchedProducer watching = watching(sentAt);
        replay(new NumberedSource(3, times), options().order(Order.BY_TIME).pacing(new Pacing.EventTime(10)), watching)
                .run();

        assertThat(sentAt.stream().map(nanos -> nanos / 1e9)).containsExactly(0.0, 2.0, 6.0);
        // a record's own timestamp is the time at which it is sent: topics keep and refuse records by it
        assertThat(watching.history().stream().map(ProducerRecord::timestamp)).containsOnlyNulls();
        assertThat(watching.history().stream().map(record -> headers(record).get("taken")))
                .containsExactly("2024-05-01T00:00:00Z", "2024-05-01T00:00:20Z", "2024-05-01T00:01:00Z");
    }

    @Test
    void aPlanSendsItsPhasesTransformedAndNamesEveryImageByPosition() throws IOException {
        replay(new NumberedSource(9), options().plan(DriftPlan.parse("classes=a images=2; classes=b images=1 invert")))
                .run();

        List<ProducerRecord<byte[], byte[]>> sent = producer.history();
        assertThat(sent.stream().map(record -> headers(record).get("label"))).containsExactly("a", "a", "b");
        byte[] inverted = sent.get(2).value().clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        assertThat(headers(sent.get(2)).get("id")).isEqualTo("numbered/" + NumberedSource.number(inverted) + "@2");
    }

    @Test
    void aDelayedLabelFollowsWithALaterImageUnderTheIdOfItsOwn() throws IOException {
        ReplayReport report = replay(new NumberedSource(4), options().labels(Labels.delayed(2)))
                .run();

        assertThat(withLabels()).containsExactly("0", "1", "2", "m:0=a", "3", "m:1=b", "m:2=c", "m:3=a");
        ProducerRecord<byte[], byte[]> label = producer.history().get(3);
        assertThat(headers(label))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("content-type", "application/x-label", "id", "numbered/0", "label", "a"));
        assertThat(text(label.key())).isEqualTo("m");
        assertThat(label.value()).isEmpty();
        assertThat(report.images()).isEqualTo(4);
        assertThat(report.next()).isEqualTo(6);
        assertThat(report.complete()).isTrue();
        assertThat(Replay.records(
                        new NumberedSource(4),
                        options().labels(Labels.delayed(2)).build()))
                .isEqualTo(8);
    }

    @Test
    void delayedLabelsGoToTheModelThatHadTheImage() throws IOException {
        ReplayOptions.Builder builder =
                options().models("m", "n").spread(Spread.DEAL).labels(Labels.delayed(1));
        replay(new NumberedSource(3), builder).run();

        assertThat(withLabels()).containsExactly("0", "1", "m:0=a", "2", "n:1=b", "m:2=c");
    }

    @Test
    void aReplayWithDelayedLabelsResumedAnywhereSendsWhatItWouldHaveSent() throws IOException {
        ReplayOptions.Builder builder =
                options().order(Order.SHUFFLED).seed(3).passes(2).labels(Labels.delayed(5));
        replay(new NumberedSource(8), builder).run();
        List<String> whole = withLabels();
        assertThat(whole).hasSize(32);
        for (int from = 1; from <= 21; from++) {
            producer.clear();
            ReplayReport report =
                    replay(new NumberedSource(8), builder.from(from)).run();

            assertThat(withLabels())
                    .as("from %d", from)
                    .isEqualTo(whole.subList(32 - withLabels().size(), 32));
            // images 0 … from - 1 were sent, and labels 0 … from - 6
            assertThat(producer.history()).hasSize(Math.max(0, 16 - from) + 16 - Math.max(0, from - 5));
            assertThat(Replay.records(new NumberedSource(8), builder.build()))
                    .isEqualTo(producer.history().size());
            assertThat(report.images()).isEqualTo(Math.max(0, 16 - from));
            assertThat(report.complete()).isTrue();
        }
        refused(
                () -> replay(new NumberedSource(8), builder.from(22)),
                "option from is 22, but the replay has only 16 images");
    }

    @Test
    void aReplayStoppedAmongItsLastLabelsGoesOnThere() throws IOException {
        Replay[] replay = new Replay[1];
        MockProducer<byte[], byte[]> stopping = new WatchedProducer(new ArrayList<>(), count -> {
            if (count == 6) {
                replay[0].stop();
            }
        });
        ReplayOptions.Builder builder = options().labels(Labels.delayed(3));
        replay[0] = new Replay(
                new NumberedSource(4), builder.build(), Resumption.NONE, stopping, Progress.silent(), ticker);
        ReplayReport report = replay[0].run();
        assertThat(report.complete()).isFalse();
        assertThat(report.images()).isEqualTo(4);

        replay(new NumberedSource(4), builder.from(report.next())).run();
        assertThat(withLabels()).containsExactly("m:2=c", "m:3=a");
    }

    @Test
    void aReplayInterruptedAnywhereGoesOnByWhatTheTopicHolds() throws IOException {
        for (Spread spread : Spread.values()) {
            ReplayOptions options = options()
                    .models("m", "n")
                    .spread(spread)
                    .order(Order.SHUFFLED)
                    .passes(2)
                    .labels(Labels.delayed(3))
                    .flush(true)
                    .build();
            producer.clear();
            new Replay(new NumberedSource(5), options, Resumption.NONE, producer, Progress.silent(), ticker).run();
            Map<String, List<ProducerRecord<byte[], byte[]>>> whole = byModel(producer.history());
            for (int m = 0; m <= whole.get("m").size(); m++) {
                for (int n = 0; n <= whole.get("n").size(); n++) {
                    ReplayScan scan = new ReplayScan(ReplayMark.fingerprint(new NumberedSource(5), options), options);
                    whole.get("m").subList(0, m).forEach(record -> scan.add(consumed(record, 0)));
                    whole.get("n").subList(0, n).forEach(record -> scan.add(consumed(record, 0)));
                    producer.clear();
                    Replay.rest(
                                    new NumberedSource(5),
                                    options,
                                    scan.result(Map.of(0, 0L)),
                                    producer,
                                    Progress.silent(),
                                    ticker)
                            .run();
                    Map<String, List<ProducerRecord<byte[], byte[]>>> rest = byModel(producer.history());
                    assertThat(contents(rest.getOrDefault("m", List.of())))
                            .as("%s, of m %d records are there, of n %d", spread, m, n)
                            .isEqualTo(contents(
                                    whole.get("m").subList(m, whole.get("m").size())));
                    assertThat(contents(rest.getOrDefault("n", List.of())))
                            .as("%s, of m %d records are there, of n %d", spread, m, n)
                            .isEqualTo(contents(
                                    whole.get("n").subList(n, whole.get("n").size())));
                }
            }
        }
    }

    private static Map<String, List<ProducerRecord<byte[], byte[]>>> byModel(
            List<ProducerRecord<byte[], byte[]>> records) {
        Map<String, List<ProducerRecord<byte[], byte[]>>> byModel = new LinkedHashMap<>();
        records.forEach(record -> byModel.computeIfAbsent(text(record.key()), any -> new ArrayList<>())
                .add(record));
        return byModel;
    }

    private static List<String> contents(List<ProducerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> record.headers() + Arrays.toString(record.value()))
                .toList();
    }

    static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> record, int partition) {
        ConsumerRecord<byte[], byte[]> consumed =
                new ConsumerRecord<>(record.topic(), partition, 0, record.key(), record.value());
        record.headers().forEach(consumed.headers()::add);
        return consumed;
    }

    @Test
    void replaysAreToldApartByWhatStandsAtTheirPositions() throws IOException {
        NumberedSource source = new NumberedSource(9);
        String one = ReplayMark.fingerprint(source, options().build());
        assertThat(List.of(
                        ReplayMark.fingerprint(
                                source, options().images(5).from(2).flush(true).build()),
                        ReplayMark.fingerprint(
                                source,
                                options()
                                        .models("other")
                                        .pacing(new Pacing.Rate(9))
                                        .build())))
                .containsOnly(one);
        assertThat(List.of(
                        ReplayMark.fingerprint(new NumberedSource(8), options().build()),
                        ReplayMark.fingerprint(source, options().seed(1).build()),
                        ReplayMark.fingerprint(
                                source, options().order(Order.SHUFFLED).build()),
                        ReplayMark.fingerprint(
                                source, options().classes(List.of("a")).build()),
                        ReplayMark.fingerprint(
                                source, options().labels(Labels.OFF).build()),
                        ReplayMark.fingerprint(
                                source, options().encoding(Encoding.PNG).build()),
                        ReplayMark.fingerprint(
                                source,
                                options()
                                        .plan(DriftPlan.parse("images=9 rotate=10"))
                                        .build()),
                        ReplayMark.fingerprint(
                                source,
                                options()
                                        .plan(DriftPlan.parse("images=9 rotate=20"))
                                        .build()),
                        one))
                .doesNotHaveDuplicates();
    }

    @Test
    void progressOfAReplayWhoseLabelsAloneAreMissingHasNoNegativeRate() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Replay(
                        new NumberedSource(4),
                        options().labels(Labels.delayed(3)).from(6).build(),
                        Resumption.NONE,
                        producer,
                        new LineProgress(new PrintStream(out, true, StandardCharsets.UTF_8), ticker),
                        ticker)
                .run();

        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("numbered: 4 of 4 images (100 %), 0/s");
    }

    @Test
    void labelsAreOnOffOrDelayed() {
        assertThat(Labels.parse("on")).isEqualTo(Labels.ON);
        assertThat(Labels.parse("off")).isEqualTo(Labels.OFF);
        assertThat(Labels.parse("delayed:500")).isEqualTo(Labels.delayed(500));
        for (String wrong : List.of("", "ON", "delayed", "delayed:0", "delayed:-1", "delayed:9999999")) {
            assertThatThrownBy(() -> Labels.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("option labels is ");
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static ReplayOptions.Builder options() {
        return ReplayOptions.builder().models("m");
    }

    private Replay replay(ImageSource source, ReplayOptions.Builder options) {
        return replay(source, options, producer);
    }

    private Replay replay(ImageSource source, ReplayOptions.Builder options, MockProducer<byte[], byte[]> to) {
        return new Replay(source, options.build(), Resumption.NONE, to, Progress.silent(), ticker);
    }

    private List<Integer> numbers() {
        return producer.history().stream()
                .map(record -> NumberedSource.number(record.value()))
                .toList();
    }

    /** Model and number of each record, with an exclamation mark where it flushes. */
    private List<String> sent() {
        return producer.history().stream()
                .map(record -> text(record.key())
                        + NumberedSource.number(record.value())
                        + (headers(record).containsKey("flush") ? "!" : ""))
                .toList();
    }

    /** The number of each image, and of each label alone model, image and label. */
    private List<String> withLabels() {
        return producer.history().stream()
                .map(record -> record.value().length > 0
                        ? "" + NumberedSource.number(record.value())
                        : text(record.key()) + ":" + headers(record).get("id").replaceAll(".*/", "") + "="
                                + headers(record).get("label"))
                .toList();
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        // identifies the replay and the position: see aReplayInterruptedAnywhereGoesOnByWhatTheTopicHolds
        assertThat(headers.remove("replay")).matches("[0-9a-f]{12}/[0-9]+");
        return headers;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private WatchedProducer watching(List<Long> sentAt) {
        return new WatchedProducer(sentAt, count -> {});
    }

    /** Notes when each record was sent. */
    private class WatchedProducer extends MockProducer<byte[], byte[]> {
        private final List<Long> sentAt;
        private final IntConsumer then;

        WatchedProducer(List<Long> sentAt, IntConsumer then) {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            this.sentAt = sentAt;
            this.then = then;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            sentAt.add(ticker.nanos());
            then.accept(sentAt.size());
            return super.send(record, callback);
        }
    }
}
