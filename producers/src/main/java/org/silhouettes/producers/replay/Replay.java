package org.silhouettes.producers.replay;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.Seeds;

/**
 * Sends a source's images to Kafka as its options say.
 *
 * <pre>{@code
 * ImageSource mnist = Datasets.open("mnist", DatasetOptions.usual());
 * ReplayOptions options = ReplayOptions.builder().models("mnist").flush(true).build();
 * try (Producer<byte[], byte[]> producer = ImageProducer.connect("localhost:9092", Map.of())) {
 *     ReplayReport report = new Replay(mnist, options, producer, Progress.console(System.err)).run();
 * }
 * }</pre>
 *
 * <p>Every replay has positions 0, 1, 2, …; the record at a position depends on the source and the options alone. {@link
 * #run} may be called once, {@link #stop} from any thread.
 */
public final class Replay {

    private static final long MILLI = 1_000_000;
    /** A send that takes longer than this waits for room in the producer's buffer. */
    private static final long HELD_BACK_FROM_NANOS = MILLI;

    private static final long PROGRESS_EVERY_NANOS = 200 * MILLI;
    private static final long LONGEST_SLEEP_NANOS = 50 * MILLI;
    /** How far a paced replay catches up after backpressure. */
    private static final long CATCH_UP_NANOS = 1_000 * MILLI;

    private static final long STOP_PATIENCE_NANOS = 5_000 * MILLI;

    private final ImageSource source;
    private final ReplayOptions options;
    private final Producer<byte[], byte[]> producer;
    private final Progress progress;
    private final Ticker ticker;
    private final Schedule schedule;
    private final Resumption done;
    private final LabelQueue labels;
    private final long noiseSeed;
    /** Position after the last image. */
    private final long end;
    /** Position after the last label: the same, but where labels are delayed. */
    private final long labelsEnd;

    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Map<Integer, Long> endOffsets = new TreeMap<>();
    private volatile boolean stopped;
    private BacklogLimit backlog;
    private long sentRecords;
    private RecordMaker records;
    private long bytes;
    private long backpressureNanos;
    private long reportedBackpressureNanos;
    private long toldNanos;

    /**
     * @param producer stays the caller's to close; may serve other replays before and after
     * @throws IllegalArgumentException where the options do not fit the source
     */
    public Replay(ImageSource source, ReplayOptions options, Producer<byte[], byte[]> producer, Progress progress) {
        this(source, options, Resumption.NONE, producer, progress, Ticker.system());
    }

    /**
     * The rest of a replay that was interrupted.
     *
     * @param options of the whole replay
     * @param done what of it is in the topic
     */
    public static Replay rest(
            ImageSource source,
            ReplayOptions options,
            Resumption done,
            Producer<byte[], byte[]> producer,
            Progress progress) {
        return rest(source, options, done, producer, progress, Ticker.system());
    }

    static Replay rest(
            ImageSource source,
            ReplayOptions options,
            Resumption done,
            Producer<byte[], byte[]> producer,
            Progress progress,
            Ticker ticker) {
        long from = Math.max(options.from(), firstMissing(source, options, done));
        ReplayOptions rest = options.between(from, options.images(), options.flush());
        return new Replay(source, rest, done, producer, progress, ticker);
    }

    /** The first position at which something of the replay is missing. */
    private static long firstMissing(ImageSource source, ReplayOptions options, Resumption done) {
        if (done.equals(Resumption.NONE)) {
            return 0;
        }
        Schedule schedule = Schedules.of(source, options);
        long end = Math.min(schedule.length(), options.images());
        int delay = options.labels().delay();
        long labelsEnd = end == ReplayOptions.ENDLESS ? end : end + delay;
        long position = 0;
        while (position < labelsEnd
                && !(position < end && missing(options, done, position, position, false))
                && !(delay > 0
                        && position >= delay
                        && missing(options, done, position - delay, position, true)
                        && source.classOf(schedule.at(position - delay).index()) != ImageSource.NO_CLASS)) {
            position++;
        }
        return position;
    }

    /** Whether a model lacks the image of a position, or its label, sent at a position. */
    private static boolean missing(ReplayOptions options, Resumption done, long image, long position, boolean label) {
        int models = options.models().size();
        for (int model = 0; model < models; model++) {
            if ((options.spread() == Spread.COPY || image % models == model)
                    && !done.has(options.models().get(model), position, label)) {
                return true;
            }
        }
        return false;
    }

    Replay(
            ImageSource source,
            ReplayOptions options,
            Resumption done,
            Producer<byte[], byte[]> producer,
            Progress progress,
            Ticker ticker) {
        this.source = source;
        this.options = options;
        this.producer = producer;
        this.progress = progress;
        this.ticker = ticker;
        this.schedule = Schedules.of(source, options);
        this.done = done;
        this.noiseSeed = noiseSeed(options);
        this.labels = new LabelQueue(options.labels());
        this.end = Math.min(schedule.length(), options.images());
        this.labelsEnd =
                end == ReplayOptions.ENDLESS ? end : end + options.labels().delay();
        if (options.from() > labelsEnd) {
            throw new IllegalArgumentException(
                    "option from is " + options.from() + ", but the replay has only " + end + " images");
        }
    }

    /**
     * How many images a replay from the start would send, or {@link ReplayOptions#ENDLESS}.
     *
     * @throws IllegalArgumentException where the options do not fit the source
     */
    public static long length(ImageSource source, ReplayOptions options) {
        return Math.min(Schedules.of(source, options).length(), options.images());
    }

    /** Start of the random numbers of transforms, each position's own. */
    static long noiseSeed(ReplayOptions options) {
        return ~options.seed();
    }

    /**
     * How many records such a replay would send from its {@code from} on, to all models together.
     *
     * @throws IllegalArgumentException where the options do not fit the source, or never end
     */
    public static long records(ImageSource source, ReplayOptions options) {
        Schedule schedule = Schedules.of(source, options);
        long end = Math.min(schedule.length(), options.images());
        if (end == ReplayOptions.ENDLESS) {
            throw new IllegalArgumentException("the replay never ends");
        }
        int delay = options.labels().delay();
        long records = Math.max(0, end - options.from());
        for (long position = Math.max(0, options.from() - delay); delay > 0 && position < end; position++) {
            records += source.classOf(schedule.at(position).index()) == ImageSource.NO_CLASS ? 0 : 1;
        }
        return options.spread() == Spread.COPY
                ? Math.multiplyExact(records, options.models().size())
                : records;
    }

    /** Position after the last image, or {@link ReplayOptions#ENDLESS}. */
    public long end() {
        return end;
    }

    /** Makes the replay wait while the reader of the topic is too far behind; to be called before {@link #run}. */
    public Replay limit(BacklogLimit limit) {
        backlog = limit;
        return this;
    }

    /** Ends a running replay soon; {@link #run} then returns a report that is not complete. */
    public void stop() {
        stopped = true;
    }

    /**
     * Sends the images and waits until Kafka has confirmed all of them.
     *
     * @throws ReplayException where Kafka refuses a record; says from where to resume
     * @throws IOException where an image cannot be read
     */
    public ReplayReport run() throws IOException {
        long start = ticker.nanos();
        toldNanos = start;
        progress.started(source.name(), Math.min(options.from(), end), end);
        long position = options.from();
        records = new RecordMaker(source, options);
        try {
            position = send(start);
            awaitConfirmation(position);
        } catch (KafkaException e) {
            throw failed(e);
        } finally {
            progress.reached(Math.min(position, end), 0);
            progress.finished();
        }
        long nanos = Math.max(1, ticker.nanos() - start);
        long next = inFlight.isEmpty() ? position : inFlight.peekFirst().position;
        return new ReplayReport(
                options.from(),
                next,
                Math.max(0, Math.min(next, end) - options.from()),
                next == labelsEnd,
                nanos / 1e9,
                backpressureNanos / (double) nanos,
                bytes,
                inFlight.isEmpty(),
                endOffsets);
    }

    private long send(long start) throws IOException {
        long origin = start;
        Instant first = null;
        long skipped = 0;
        long position = options.from();
        labels.resume(position, schedule, source, records);
        for (; position < end && !stopped; position++) {
            Draw draw = schedule.at(position);
            LabelledImage image = source.image(draw.index());
            if (!missing(options, done, position, position, false)) {
                // in the topic already, behind one that is not: takes no time
                skipped++;
                labels.add(position, records.id(image, position), source.classOf(draw.index()));
                sendLabel(position);
                continue;
            }
            first = first == null ? image.takenAt() : first;
            long due = options.pacing().dueNanos(position - options.from() - skipped, first, image.takenAt());
            origin = Math.max(origin, ticker.nanos() - due - CATCH_UP_NANOS);
            if (!sleepUntil(origin + due) || !awaitReader(position)) {
                break;
            }
            sendImage(position, draw, image);
            sendLabel(position);
            settle();
            tell(position + 1);
        }
        for (; position >= end && position < labelsEnd && !stopped; position++) {
            sendLabel(position);
            settle();
        }
        return position;
    }

    /** Returns false where the replay was stopped meanwhile. */
    private boolean sleepUntil(long due) {
        for (long left = due - ticker.nanos(); left > 0 && !stopped; left = due - ticker.nanos()) {
            ticker.sleep(Math.min(left, LONGEST_SLEEP_NANOS));
        }
        return !stopped;
    }

    /** Waits while the reader of the topic is too far behind; returns false where the replay was stopped meanwhile. */
    private boolean awaitReader(long position) throws ReplayException {
        while (backlog != null && backlog.reached(endOffsets, bytes / (double) Math.max(1, sentRecords))) {
            long before = ticker.nanos();
            ticker.sleep(LONGEST_SLEEP_NANOS);
            backpressureNanos += ticker.nanos() - before;
            settle();
            tell(position);
            if (stopped) {
                return false;
            }
        }
        return !stopped;
    }

    private void sendImage(long position, Draw draw, LabelledImage image) throws IOException {
        byte[] value = records.value(image, draw, Seeds.random(noiseSeed, position));
        String id = records.id(image, position);
        int classIndex = source.classOf(draw.index());
        Instant takenAt = options.pacing() instanceof Pacing.EventTime ? image.takenAt() : null;
        int models = options.models().size();
        boolean deal = options.spread() == Spread.DEAL;
        boolean last = position + (deal ? models : 1) >= end;
        labels.add(position, id, classIndex);
        for (int model = 0; model < models; model++) {
            if ((!deal || position % models == model)
                    && !done.has(options.models().get(model), position, false)) {
                send(position, records.image(model, position, value, id, classIndex, takenAt, last));
            }
        }
    }

    /** Sends the label of an earlier image that is due at a position. */
    private void sendLabel(long position) {
        LabelQueue.Late late = labels.due(position);
        int models = options.models().size();
        for (int model = 0; late != null && model < models; model++) {
            if ((options.spread() == Spread.COPY || late.position() % models == model)
                    && !done.has(options.models().get(model), position, true)) {
                send(position, records.lateLabel(model, position, late));
            }
        }
    }

    private void send(long position, ProducerRecord<byte[], byte[]> record) {
        InFlight next = new InFlight(position);
        inFlight.addLast(next);
        long before = ticker.nanos();
        var unused = producer.send(record, next);
        long nanos = ticker.nanos() - before;
        if (nanos > HELD_BACK_FROM_NANOS) {
            backpressureNanos += nanos;
        }
        bytes += record.value().length;
        sentRecords++;
    }

    /** Takes note of the records that have arrived, up to the first that has not. */
    private void settle() throws ReplayException {
        for (InFlight head = inFlight.peekFirst(); head != null && head.done(); head = inFlight.peekFirst()) {
            if (head.failure() != null) {
                throw failed(head.failure());
            }
            endOffsets.merge(head.partition(), head.offset() + 1, Math::max);
            inFlight.removeFirst();
        }
    }

    private void awaitConfirmation(long position) throws ReplayException {
        if (!stopped) {
            producer.flush();
        }
        long giveUp = ticker.nanos() + STOP_PATIENCE_NANOS;
        settle();
        while (!inFlight.isEmpty() && ticker.nanos() < giveUp) {
            ticker.sleep(MILLI);
            settle();
        }
        tell(Math.min(position, end));
    }

    private void tell(long position) {
        long now = ticker.nanos();
        if (now - toldNanos >= PROGRESS_EVERY_NANOS) {
            progress.reached(position, (backpressureNanos - reportedBackpressureNanos) / (double) (now - toldNanos));
            toldNanos = now;
            reportedBackpressureNanos = backpressureNanos;
        }
    }

    private ReplayException failed(Exception cause) {
        long resumeFrom = inFlight.isEmpty() ? options.from() : inFlight.peekFirst().position;
        return new ReplayException(
                "image " + resumeFrom + " of " + source.name() + " could not be sent to topic " + options.topic() + " ("
                        + cause.getMessage() + ")",
                resumeFrom,
                cause);
    }
}
