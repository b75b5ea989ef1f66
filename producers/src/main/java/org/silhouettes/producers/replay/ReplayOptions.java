package org.silhouettes.producers.replay;

import java.util.List;
import java.util.Optional;
import org.silhouettes.wire.Topics;

/**
 * What is replayed, in which order and how it is sent. Made by {@link #builder()}; an invalid value is refused with the
 * option's name as it stands on the command line, the rule, the value and the remedy.
 *
 * @param topic where to
 * @param models keys of the records; one model's images all go to one partition
 * @param spread what each gets where there are several models
 * @param order of a pass
 * @param seed of {@link Order#SHUFFLED}
 * @param classes only images of these classes; empty takes all
 * @param plan phases that decide which images come when, instead of order, classes and passes
 * @param passes how often every image is sent, or {@link #ENDLESS}
 * @param images position at which the replay ends, or {@link #ENDLESS} for the end of the passes
 * @param from position at which it starts: how many images an earlier replay has sent; beyond the last image the labels
 *     are still to be sent that are delayed so long
 * @param learn false marks every image never to be learned from
 * @param flush true marks the last image of every model to close the mini-batch
 */
public record ReplayOptions(
        String topic,
        List<String> models,
        Spread spread,
        Order order,
        long seed,
        List<String> classes,
        Optional<DriftPlan> plan,
        long passes,
        long images,
        long from,
        Pacing pacing,
        Encoding encoding,
        Labels labels,
        boolean learn,
        boolean flush) {

    /** Of passes and images: without end. */
    public static final long ENDLESS = Schedule.ENDLESS;

    private static final int MAX_MODEL_BYTES = 200;

    public ReplayOptions {
        models = List.copyOf(models);
        classes = List.copyOf(classes);
        require(!topic.isBlank(), "topic", "empty", "the name of a Kafka topic");
        require(!models.isEmpty(), "model", "empty", "at least one name");
        for (String model : models) {
            int bytes = model.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            require(
                    bytes >= 1 && bytes <= MAX_MODEL_BYTES,
                    "model",
                    bytes + " bytes long (\"" + model + "\")",
                    "1 to " + MAX_MODEL_BYTES + " bytes of UTF-8");
        }
        require(
                models.stream().distinct().count() == models.size(),
                "model",
                String.join(",", models),
                "names that are all different");
        require(passes >= 1, "passes", passes, "at least 1; leave it out for one pass, or ask for an endless replay");
        require(images >= 1, "images", images, "at least 1; leave it out for all images");
        require(from >= 0, "from", from, "0 or the number of images sent so far");
        require(
                from <= images || from - images <= labels.delay(),
                "from",
                from,
                "at most the number of images, " + images + ": the replay from there is over");
        if (plan.isPresent() && (order != Order.FILE || !classes.isEmpty() || passes != 1)) {
            throw new IllegalArgumentException("option plan cannot be combined with order, classes or passes, which the"
                    + " phases of the plan set: remove one or the other");
        }
        require(
                !(pacing instanceof Pacing.EventTime) || order == Order.BY_TIME,
                "order",
                order,
                "BY_TIME for a replay in event time");
    }

    /** The same replay from one position to another alone; the last image of it flushes where that is asked. */
    public ReplayOptions between(long start, long end, boolean flushing) {
        return new ReplayOptions(
                topic, models, spread, order, seed, classes, plan, passes, end, start, pacing, encoding, labels, learn,
                flushing);
    }

    private static void require(boolean holds, String option, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("option " + option + " is " + value + ", it must be " + rule);
        }
    }

    /**
     * One pass in file order of raw images with labels, as fast as Kafka takes them, to the topic {@code images}; only
     * the models have to be named.
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; {@link #build()} checks them. */
    public static final class Builder {
        private String topic = Topics.IMAGES;
        private List<String> models = List.of();
        private Spread spread = Spread.COPY;
        private Order order = Order.FILE;
        private long seed;
        private List<String> classes = List.of();
        private Optional<DriftPlan> plan = Optional.empty();
        private long passes = 1;
        private long images = ENDLESS;
        private long from;
        private Pacing pacing = new Pacing.Unlimited();
        private Encoding encoding = Encoding.RAW;
        private Labels labels = Labels.ON;
        private boolean learn = true;
        private boolean flush;

        private Builder() {}

        public Builder topic(String value) {
            topic = value;
            return this;
        }

        public Builder models(String... values) {
            return models(List.of(values));
        }

        public Builder models(List<String> values) {
            models = values;
            return this;
        }

        public Builder spread(Spread value) {
            spread = value;
            return this;
        }

        public Builder order(Order value) {
            order = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder classes(List<String> values) {
            classes = values;
            return this;
        }

        public Builder plan(DriftPlan value) {
            plan = Optional.of(value);
            return this;
        }

        public Builder passes(long value) {
            passes = value;
            return this;
        }

        public Builder images(long value) {
            images = value;
            return this;
        }

        public Builder from(long value) {
            from = value;
            return this;
        }

        public Builder pacing(Pacing value) {
            pacing = value;
            return this;
        }

        public Builder encoding(Encoding value) {
            encoding = value;
            return this;
        }

        public Builder labels(Labels value) {
            labels = value;
            return this;
        }

        public Builder learn(boolean value) {
            learn = value;
            return this;
        }

        public Builder flush(boolean value) {
            flush = value;
            return this;
        }

        public ReplayOptions build() {
            return new ReplayOptions(
                    topic, models, spread, order, seed, classes, plan, passes, images, from, pacing, encoding, labels,
                    learn, flush);
        }
    }
}
