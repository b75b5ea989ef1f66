package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Order;
import org.silhouettes.producers.replay.Pacing;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayReport;
import org.silhouettes.producers.replay.Resumption;
import org.silhouettes.producers.replay.Spread;
import org.silhouettes.producers.replay.TopicEnd;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.ClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Streams images into an outside Kafka. */
@Command(name = "produce", description = "Streams a data set into a running Kafka.")
final class ProduceCommand implements Callable<Integer> {

    private static final String FROM_TOPIC = "topic";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Mixin
    private DatasetMixin dataset;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "TRAIN",
            description = "Part of the data set: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Option(names = "--topic", paramLabel = "NAME", defaultValue = Topics.IMAGES, description = "Topic to stream into.")
    private String topic;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of the topic if it has to be created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            split = ",",
            description = "Names of the models that learn from the images, comma-separated (default: the data set's"
                    + " name).")
    private List<String> models;

    @Option(
            names = "--spread",
            paramLabel = "HOW",
            defaultValue = "COPY",
            description = "With several models, each gets all images (COPY) or they take turns (DEAL); default:"
                    + " ${DEFAULT-VALUE}.")
    private Spread spread;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Images per second (default: as fast as Kafka takes them).")
    private Double rate;

    @Option(
            names = "--burst",
            paramLabel = "N",
            description = "Send N images at once, then pause until --burst-every has passed.")
    private Integer burst;

    @Option(
            names = "--burst-every",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "From the start of one burst to the next (default: ${DEFAULT-VALUE}).")
    private double burstEvery;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description =
                    "Replay in event time, at this multiple of the original speed; header taken holds the original"
                            + " time. Needs --order BY_TIME.")
    private Double speed;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "FILE",
            description = "Order of a pass: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Order order;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the shuffling.")
    private long seed;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of times that all images are streamed (default: ${DEFAULT-VALUE}).")
    private long passes;

    @Option(names = "--endless", description = "Repeat until Ctrl-C.")
    private boolean endless;

    @Option(names = "--images", paramLabel = "N", description = "Stop after N images.")
    private Long images;

    @Option(
            names = "--from",
            paramLabel = "N|topic",
            defaultValue = "0",
            description =
                    "Resume an interrupted replay at image N, or use \"topic\" to find the position from the topic. The"
                            + " other options have to be the same.")
    private String from;

    @Option(names = "--no-learn", description = "Mark the images to be encoded and counted, never learned from.")
    private boolean noLearn;

    @Option(names = "--flush", description = "Mark the last image to close the mini-batch and emit a snapshot.")
    private boolean flush;

    @Mixin
    private StreamMixin stream;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        ClientConfig clients = kafka.clients();
        List<TopicPolicy> policies =
                UsageException.orUsage(() -> TopicPolicy.all(partitions, TopicPolicy.HISTORY).stream()
                        .filter(policy -> policy.topic().equals(Topics.IMAGES))
                        .map(policy -> policy.named(topic))
                        .toList());
        // refused before anything is connected to or fetched; the model's usual name is not yet known
        options("model");
        KafkaMixin.warn(clients, spec.commandLine().getErr());
        return CtrlC.endsCleanly(out, () -> {
            // before a data set is fetched, which may take minutes
            KafkaMixin.createMissing(clients, policies).forEach(created -> out.println("created topic " + created));
            KafkaPermissions.requireWrite(clients, topic);
            ImageSource source = dataset.open(split, out::println);
            ReplayOptions options = options(source.name());
            return KafkaMixin.explained(clients, () -> {
                replay(clients, source, options, out);
                return 0;
            });
        });
    }

    private void replay(ClientConfig clients, ImageSource source, ReplayOptions options, PrintWriter out)
            throws Exception {
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(
                clients.bootstrapServers(), KafkaMixin.withoutAddress(clients.producer(Map.of())))) {
            Resumption done = done(clients, source, options);
            Replay replay = UsageException.orUsage(
                    () -> Replay.rest(source, options, done, producer, Progress.console(System.err)));
            tell(out, run(replay));
        }
    }

    /** What the topic is known to hold, where it is to be asked. */
    private Resumption done(ClientConfig clients, ImageSource source, ReplayOptions options) throws IOException {
        if (!from.equals(FROM_TOPIC)) {
            return Resumption.NONE;
        }
        try {
            return TopicEnd.find(
                    clients.bootstrapServers(), KafkaMixin.withoutAddress(clients.consumer(Map.of())), source, options);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }

    private long fromPosition() {
        if (from.equals(FROM_TOPIC)) {
            return 0;
        }
        if (!from.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException(
                    "option from is \"" + from + "\", it must be a number of images, or " + FROM_TOPIC);
        }
        return Long.parseLong(from);
    }

    private ReplayOptions options(String usualModel) {
        return UsageException.orUsage(() -> stream.apply(ReplayOptions.builder())
                .topic(topic)
                .models(models == null ? List.of(usualModel) : models)
                .spread(spread)
                .order(order)
                .seed(seed)
                .passes(endless ? ReplayOptions.ENDLESS : passes)
                .images(images == null ? ReplayOptions.ENDLESS : images)
                .from(fromPosition())
                .pacing(pacing())
                .learn(!noLearn)
                .flush(flush)
                .build());
    }

    private Pacing pacing() {
        if (Stream.of(rate, burst, speed).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException(
                    "options --rate, --burst and --speed exclude each other: give one of them");
        }
        if (burst != null) {
            return new Pacing.Bursts(burst, Duration.ofNanos(Math.round(burstEvery * 1e9)));
        }
        return speed != null ? new Pacing.EventTime(speed) : StreamMixin.pacing(rate);
    }

    /** Runs in a thread of its own, so that Ctrl-C ends the replay between two images and not within one. */
    private static ReplayReport run(Replay replay) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<ReplayReport> running = executor.submit(replay::run);
            try {
                return running.get();
            } catch (InterruptedException e) {
                replay.stop();
                return running.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            executor.shutdownNow();
        }
    }

    private static void tell(PrintWriter out, ReplayReport report) {
        out.println(String.format(
                Locale.ROOT,
                "sent %d images in %.1f s (%.0f images/s), backpressure of Kafka %.0f %% of the time",
                report.images(),
                report.seconds(),
                report.imagesPerSecond(),
                100 * report.backpressure()));
        if (!report.complete()) {
            out.println("not complete: resume with --from topic, which finds out what has arrived"
                    + (report.confirmed() ? ", or --from " + report.next() : ""));
        }
        out.flush();
    }
}
