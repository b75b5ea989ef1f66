package org.silhouettes.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.silhouettes.core.drift.DriftAction;
import org.silhouettes.core.drift.DriftDetector;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Features;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.UpdateRule;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.kafka.OnGap;
import org.silhouettes.job.learn.CodesEmit;
import org.silhouettes.job.learn.OnMismatch;
import org.silhouettes.job.learn.StartFromNothing;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.linalg.LinalgBackend;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;

/**
 * All options of the job. Defaults of the method are core's own. Beside these, keys {@code kafka.<client option>} go to
 * all Kafka clients that know them (secrets are refused: a file holds them, see {@link #KAFKA_CONFIG}), and {@code flink.<Flink option>} to Flink.
 */
public final class JobOptions {

    /** Value of {@link #GROUPS} that lets the initialisation choose. */
    public static final String AUTO = "auto";

    /** Value of {@link #KAFKA_CONFIG} that names no file. */
    public static final String NO_FILE = "none";

    private static final List<JobOption<?>> ALL = new ArrayList<>();
    private static final LearnerSettings METHOD = LearnerSettings.DEFAULTS;
    private static final DriftSettings DRIFT = DriftSettings.DEFAULTS;

    public static final JobOption<String> GROUPS = option(
            key("model.groups").stringType().defaultValue(groups(METHOD.groups())),
            "groups",
            new Range<>("1 … 10000, or auto", JobOptions::isGroups),
            "Number of groups of a dictionary; auto takes one a community (init.method community), one a class"
                    + " (labels), both up to 100 and as many as fit into models.cache-bytes, or 10. Fixed once a model has its"
                    + " dictionary.");
    public static final JobOption<Integer> GROUP_SIZE = option(
            key("model.group-size").intType().defaultValue(METHOD.groupSize()),
            "atoms",
            Range.between(1, 10_000),
            "Atoms of a group; 1 is ordinary sparse coding. Fixed once a model has its dictionary.");
    public static final JobOption<Integer> BATCH = option(
            key("model.batch").intType().defaultValue(METHOD.batch()),
            "images",
            Range.between(1, 4096),
            "Images of a mini-batch: the dictionary is updated once a batch.");
    public static final JobOption<Long> SEED = option(
            key("model.seed").longType().defaultValue(METHOD.seed()),
            "",
            new Range<>("any whole number", value -> true),
            "Start of a new model's own random numbers: the same stream and seed give the same dictionary.");
    public static final JobOption<Integer> MAX_NAME_BYTES = option(
            key("model.max-name-bytes").intType().defaultValue(200),
            "bytes",
            Range.between(1, 1000),
            "Longest model name, UTF-8; images with a longer key are rejected.");
    public static final JobOption<Integer> MAX_LABELS = option(
            key("model.max-labels").intType().defaultValue(ActivitySettings.DEFAULTS.maxLabels()),
            "labels",
            Range.between(0, 100_000),
            "Classes of a model in its statistics, the first that come, as far as models.cache-bytes suffices; images of later"
                    + " ones count as unlabelled.");
    public static final JobOption<String> ON_MISMATCH = option(
            key("model.on-mismatch").stringType().defaultValue(OptionText.choice(OnMismatch.REJECT)),
            "",
            Range.choice(OnMismatch.class),
            "What becomes of a restored model whose groups, group size or channel mode are not the present ones: its"
                    + " images are rejected, or it is thrown away and starts over.");
    public static final JobOption<MemorySize> CACHE_BYTES = option(
            key("models.cache-bytes").memoryType().defaultValue(MemorySize.ofMebiBytes(256)),
            "",
            Range.between(MemorySize.ofMebiBytes(1), MemorySize.ofMebiBytes(1 << 20)),
            "Memory of a subtask for models: live models with their statistics, the engines that they share, the peak of an"
                    + " initialisation, and what is written at a checkpoint. Beyond it the least recently used models live in"
                    + " the state backend. A model whose own peak is larger is refused; of groups left open there are as many as fit.");
    public static final JobOption<Integer> MAX_MODELS = option(
            key("models.max").intType().defaultValue(0),
            "models",
            Range.between(0, 1_000_000_000),
            "Models of a subtask; images that would start one more are rejected. 0 sets no limit.");
    public static final JobOption<Duration> FORGET_AFTER = option(
            key("models.forget-after").durationType().defaultValue(Duration.ZERO),
            "",
            new Range<>(
                    "off, or 1 s … 3650 d",
                    value -> value.isZero()
                            || value.compareTo(Duration.ofSeconds(1)) >= 0
                                    && value.compareTo(Duration.ofDays(3650)) <= 0),
            "Running time of the job since a model's last image after which all state of the model is removed, to a"
                    + " tenth; the dictionary stays in its topic. The model's next image starts a new model.");
    public static final JobOption<String> CHANNELS = option(
            key("image.channels").stringType().defaultValue(OptionText.choice(ChannelMode.GRAY)),
            "",
            Range.choice(ChannelMode.class),
            "Colour images are converted to gray, learned with all channels in one atom (joint), or split into three"
                    + " models name.red, name.green and name.blue.");

    public static final JobOption<Double> LAMBDA = option(
            key("encoder.lambda").doubleType().defaultValue(METHOD.encoder().lambda()),
            "",
            Range.between(0.0, 1e6),
            "Weight of the group penalty: larger is sparser.");
    public static final JobOption<Double> STEP = option(
            key("encoder.step").doubleType().defaultValue(METHOD.encoder().step()),
            "",
            Range.above(0, 1000),
            "Step of an encoder layer, before encoder.step-rule.");
    public static final JobOption<String> STEP_RULE = option(
            key("encoder.step-rule")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.encoder().stepRule())),
            "",
            Range.choice(StepRule.class),
            "How the step stays safe: clamped is the smaller of encoder.step and 1/(1.05 L), lipschitz is 1/(1.05 L).");
    public static final JobOption<Integer> LAYERS = option(
            key("encoder.layers").intType().defaultValue(METHOD.encoder().layers()),
            "layers",
            Range.between(1, 1000),
            "Unrolled layers of the encoder.");
    public static final JobOption<String> UNROLLING = option(
            key("encoder.unrolling")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.encoder().unrolling())),
            "",
            Range.choice(Unrolling.class),
            "Iteration that the layers unroll.");
    public static final JobOption<String> SHRINKAGE = option(
            key("encoder.shrinkage")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.encoder().shrinkage())),
            "",
            Range.choice(Shrinkage.class),
            "Group shrinkage: codes of both signs, or nonnegative ones with the norm taken before (authors) or after"
                    + " (exact) rectifying.");
    public static final JobOption<String> BACKEND = option(
            key("linalg.backend")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.encoder().backend())),
            "",
            Range.choice(LinalgBackend.class),
            "What multiplies matrices while encoding and learning: vector gives the same dictionary on every CPU, nd4j is"
                    + " OpenBLAS, whose rounding depends on the CPU.");

    public static final JobOption<String> UPDATE = option(
            key("learner.update")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.update().rule())),
            "",
            Range.choice(UpdateRule.class),
            "How a mini-batch changes the dictionary.");
    public static final JobOption<Double> LEARNING_RATE = option(
            key("learner.learning-rate")
                    .doubleType()
                    .defaultValue(METHOD.update().learningRate()),
            "",
            Range.above(0, 0.999),
            "Adam's step, for backprop and decoder.");
    public static final JobOption<Double> BETA1 = option(
            key("learner.beta1").doubleType().defaultValue(METHOD.update().beta1()),
            "",
            Range.below(0, 1),
            "Decay of Adam's first moment.");
    public static final JobOption<Double> BETA2 = option(
            key("learner.beta2").doubleType().defaultValue(METHOD.update().beta2()),
            "",
            Range.below(0, 1),
            "Decay of Adam's second moment.");
    public static final JobOption<Double> EPSILON = option(
            key("learner.epsilon").doubleType().defaultValue(METHOD.update().epsilon()),
            "",
            Range.above(0, 0.999),
            "Adam's term against division by zero.");
    public static final JobOption<Double> RHO = option(
            key("learner.rho").doubleType().defaultValue(METHOD.update().rho()),
            "",
            Range.between(0.0, 100.0),
            "Exponent of the alternating update's forgetting (1 - 1/t)^rho, where learner.forgetting is 0.");
    public static final JobOption<Double> FORGETTING = option(
            key("learner.forgetting").doubleType().defaultValue(METHOD.update().forgetting()),
            "",
            Range.between(0.0, 1.0),
            "Constant forgetting factor of the alternating update; 1 never forgets, 0 takes learner.rho instead.");
    public static final JobOption<Double> USAGE_FORGETTING = option(
            key("learner.usage-forgetting")
                    .doubleType()
                    .defaultValue(METHOD.update().usageForgetting()),
            "",
            Range.between(0.0, 1.0),
            "Factor by which the alternating update forgets a group of average use besides: groups used more forget more,"
                    + " silent ones nothing. 0 or 1 does nothing.");
    public static final JobOption<String> INIT_METHOD = option(
            key("init.method")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.initialisation().method())),
            "",
            Range.choice(Initialisation.class),
            "Where the first dictionary comes from. Only labels looks at labels, and takes kmeans where no image has one.");
    public static final JobOption<String> FEATURES = option(
            key("init.features")
                    .stringType()
                    .defaultValue(OptionText.choice(METHOD.initialisation().features())),
            "",
            Range.choice(Features.class),
            "What images are compared by where init.method is community: their edges (gradients) or their pixels.");
    public static final JobOption<Integer> WARM_UP = option(
            key("init.warm-up").intType().defaultValue(METHOD.initialisation().warmUpImages()),
            "images",
            Range.between(1, 1_000_000),
            "Images buffered before the first dictionary is made of them; they are learned from right afterwards.");
    public static final JobOption<Double> GUIDANCE = option(
            key("organisation.guidance")
                    .doubleType()
                    .defaultValue(METHOD.organisation().guidance()),
            "times the images' mean square",
            Range.between(0.0, 1000.0),
            "How strongly images are led to the group of their community, which is found without labels; 0 turns it off."
                    + " For init.method community with learner.update backprop.");
    public static final JobOption<Double> TEMPERATURE = option(
            key("organisation.temperature")
                    .doubleType()
                    .defaultValue(METHOD.organisation().temperature()),
            "times the first strongest group norm",
            Range.above(0, 1000),
            "How close the norm of another group may come before images are led away from it; smaller is closer.");
    public static final JobOption<Double> LAMBDA_GROWTH = option(
            key("organisation.lambda-growth")
                    .doubleType()
                    .defaultValue(METHOD.organisation().lambdaGrowth()),
            "share an update",
            Range.between(0.0, 1.0),
            "Where more than half of a batch has no active group, learning goes on from a smaller encoder.lambda, with a"
                    + " learner.learning-rate of 0.001 at least; by this share at most lambda grows back, the slower the more images"
                    + " are silent. 0 leaves such a model dead.");
    public static final JobOption<Integer> REVIVE_AFTER = option(
            key("organisation.revive-after")
                    .intType()
                    .defaultValue(METHOD.organisation().reviveAfter()),
            "updates",
            Range.between(0, 1_000_000_000),
            "Updates without use after which an atom or a group is made anew of badly reconstructed images; 0 never.");
    public static final JobOption<Double> STRANGERS = option(
            key("organisation.strangers")
                    .doubleType()
                    .defaultValue(METHOD.organisation().consolidation().strangers()),
            "share of the last 512 images",
            Range.above(0, 1),
            "Share of images unlike all that the groups were made of, from which on new groups are looked for: one a community"
                    + " of such images. 1 never looks. Where organisation.guidance works and model.groups is auto.");
    public static final JobOption<Integer> GATHER = option(
            key("organisation.gather")
                    .intType()
                    .defaultValue(METHOD.organisation().consolidation().images()),
            "images",
            Range.between(1, 1_000_000),
            "Images gathered to look for new groups in; until then they are part of the model's state.");
    public static final JobOption<Integer> MOST_GROUPS = option(
            key("organisation.most-groups")
                    .intType()
                    .defaultValue(METHOD.organisation().consolidation().mostGroups()),
            "groups",
            Range.between(1, 10_000),
            "Groups of a dictionary up to which new ones are looked for, as far as models.cache-bytes suffices.");

    public static final JobOption<String> DRIFT_DETECTOR = option(
            key("drift.detector").stringType().defaultValue(OptionText.choice(DRIFT.detector())),
            "",
            Range.choice(DriftDetector.class),
            "Tests that watch a model's prequential error (and page-hinkley its use of the groups) for drift. What they see"
                    + " is marked in the activity records.");
    public static final JobOption<String> DRIFT_ACTION = option(
            key("drift.action").stringType().defaultValue(OptionText.choice(DRIFT.action())),
            "",
            Range.choice(DriftAction.class),
            "What follows from a drift: tell marks it and changes nothing; adapt goes by drift.boost,"
                    + " drift.forgetting and drift.revive-after for drift.updates.");
    public static final JobOption<Double> DRIFT_THRESHOLD = option(
            key("drift.threshold").doubleType().defaultValue(DRIFT.threshold()),
            "",
            Range.above(0, 1e6),
            "Page-Hinkley's threshold: larger is later and surer.");
    public static final JobOption<Double> DRIFT_TOLERANCE = option(
            key("drift.tolerance").doubleType().defaultValue(DRIFT.tolerance()),
            "standard deviations",
            Range.between(0.001, 3.9),
            "Page-Hinkley's tolerance: a rise of so much is let pass.");
    public static final JobOption<Double> DRIFT_DELTA = option(
            key("drift.delta").doubleType().defaultValue(DRIFT.delta()),
            "",
            Range.between(1e-12, 0.5),
            "ADWIN's confidence: the chance of a cut without a change.");
    public static final JobOption<Double> DRIFT_LEAST_RISE = option(
            key("drift.least-rise").doubleType().defaultValue(DRIFT.leastRise()),
            "share of the error before",
            Range.between(0.0, 10.0),
            "By how much the mean error after ADWIN's cut has to exceed the one before it for the cut to be marked; over a long"
                    + " window ADWIN alone tells of changes of one percent.");
    public static final JobOption<Integer> DRIFT_UPDATES = option(
            key("drift.updates").intType().defaultValue(DRIFT.updates()),
            "updates",
            Range.between(1, 1_000_000),
            "How long drift.action=adapt goes on after the last drift.");
    public static final JobOption<Double> DRIFT_BOOST = option(
            key("drift.boost").doubleType().defaultValue(DRIFT.boost()),
            "",
            Range.between(1.0, 1000.0),
            "By what learner.learning-rate is multiplied while drift.action=adapt goes on.");
    public static final JobOption<Double> DRIFT_FORGETTING = option(
            key("drift.forgetting").doubleType().defaultValue(DRIFT.forgetting()),
            "",
            Range.between(0.001, 1.0),
            "Forgetting factor of the alternating update while drift.action=adapt goes on.");
    public static final JobOption<Integer> DRIFT_REVIVE_AFTER = option(
            key("drift.revive-after").intType().defaultValue(DRIFT.reviveAfter()),
            "updates",
            Range.between(0, 1_000_000),
            "Updates without use after which an atom or group is revived while drift.action=adapt goes on; 0 leaves that to"
                    + " organisation.revive-after.");

    public static final JobOption<MemorySize> MAX_BYTES = option(
            key("input.max-bytes").memoryType().defaultValue(new MemorySize(PictureLimits.DEFAULTS.maxBytes())),
            "",
            Range.between(new MemorySize(1), MemorySize.ofMebiBytes(1024)),
            "Largest encoded image; larger ones are rejected.");
    public static final JobOption<Integer> MAX_PIXELS = option(
            key("input.max-pixels").intType().defaultValue((int) PictureLimits.DEFAULTS.maxPixels()),
            "pixels",
            Range.between(1, 100_000_000),
            "Largest size that an image may claim; larger ones are rejected before anything is decoded.");
    public static final JobOption<Integer> MAX_TEXT_BYTES = option(
            key("input.max-text-bytes").intType().defaultValue(Headers.MAX_TEXT_BYTES),
            "bytes",
            Range.between(1, 10_000),
            "Longest label or id, UTF-8; images with longer ones are rejected.");
    public static final JobOption<Duration> DEDUPLICATE = option(
            key("input.deduplicate").durationType().defaultValue(Duration.ZERO),
            "",
            Range.between(Duration.ZERO, Duration.ofDays(365)),
            "Time for which a model remembers the ids of its images and drops a second one of the same id; off by"
                    + " default, as every id takes about 50 bytes of state for that time.");
    public static final JobOption<String> ON_GAP = option(
            key("input.on-gap").stringType().defaultValue(OptionText.choice(OnGap.FAIL)),
            "",
            Range.choice(OnGap.class),
            "What a job does where retention has removed images that it has not read: it fails and says which, or it goes"
                    + " on with its models at the earliest image that is left, and counts what is missing.");
    public static final JobOption<Integer> WAIT_FOR_LABELS = option(
            key("labels.wait-for").intType().defaultValue(1000),
            "images",
            Range.between(0, 1_000_000),
            "Images without a label that a model keeps in mind, the last ones by their ids, to count a label that comes"
                    + " later in a record of its own; about two bytes a value of each. 0 rejects such labels.");
    public static final JobOption<Long> SNAPSHOT_EVERY = option(
            key("snapshot.every").longType().defaultValue(50L),
            "updates",
            Range.between(1L, 1_000_000L),
            "Updates from one snapshot of the dictionary to the next; the first ones come at versions 0, 1, 2, 4 … 32,"
                    + " and one at every flush.");
    public static final JobOption<Long> ACTIVITY_EVERY = option(
            key("activity.every").longType().defaultValue(10L),
            "updates",
            Range.between(1L, 1_000_000L),
            "Updates from one activity record to the next; each covers the images since the one before.");
    public static final JobOption<String> CODES_EMIT = option(
            key("codes.emit").stringType().defaultValue(OptionText.choice(CodesEmit.NONE)),
            "",
            Range.choice(CodesEmit.class),
            "Which images' codes are emitted: none, those marked learn: false, or all.");
    public static final JobOption<Duration> FLUSH_AFTER = option(
            key("flush.after").durationType().defaultValue(Duration.ZERO),
            "",
            Range.between(Duration.ZERO, Duration.ofDays(1)),
            "Time after which a partly filled mini-batch is learned all the same, for slow streams. What is learned"
                    + " then depends on time, so two runs may differ; off by default.");
    public static final JobOption<Integer> MAX_RECORD_BYTES = option(
            key("output.max-record-bytes").intType().defaultValue(1_000_000),
            "bytes",
            Range.between(400_000, 100_000_000),
            "Largest record for any out topic; below the broker's message.max.bytes. A model whose group does not fit"
                    + " is refused.");

    public static final JobOption<String> TOPIC_IMAGES = topic(Topics.IMAGES, "Topic that images are read from.");
    public static final JobOption<String> TOPIC_DICTIONARIES =
            topic(Topics.DICTIONARIES, "Topic for snapshots of dictionaries.");
    public static final JobOption<String> TOPIC_SILHOUETTES = topic(Topics.SILHOUETTES, "Topic for pictures.");
    public static final JobOption<String> TOPIC_ACTIVITY = topic(Topics.ACTIVITY, "Topic for statistics.");
    public static final JobOption<String> TOPIC_CODES =
            topic(Topics.CODES, "Topic for codes, where codes.emit asks for them.");
    public static final JobOption<String> TOPIC_REJECTED =
            topic(Topics.REJECTED, "Topic for records that are no images, with the reason.");

    public static final JobOption<String> BOOTSTRAP_SERVERS = option(
            key("kafka.bootstrap-servers").stringType().defaultValue("localhost:9092"),
            "",
            Range.someText("host:port, several behind commas"),
            "Kafka brokers to ask first; counts before bootstrap.servers in the file of kafka.config.");
    public static final JobOption<String> KAFKA_CONFIG = option(
            key("kafka.config").stringType().defaultValue(NO_FILE),
            "",
            new Range<>("an absolute path | " + NO_FILE, path -> path.equals(NO_FILE) || path.startsWith("/")),
            "File of Kafka client properties (TLS, SASL) that every process of the job reads itself; see"
                    + " docs/security.md.");
    public static final JobOption<String> GROUP_ID = option(
            key("kafka.group-id").stringType().defaultValue("silhouettes"),
            "",
            Range.someText("a name"),
            "Consumer group whose offsets are committed with each checkpoint, for monitoring: where a job goes on"
                    + " follows from its checkpoints alone.");
    public static final JobOption<String> TRANSACTIONAL_ID_PREFIX = option(
            key("kafka.transactional-id-prefix").stringType().defaultValue("silhouettes"),
            "",
            Range.someText("a name"),
            "Start of the names of all transactions. Jobs that run at the same time on the same brokers need different"
                    + " ones; a job keeps its own for ever.");
    public static final JobOption<Duration> TRANSACTION_TIMEOUT = option(
            key("kafka.transaction-timeout").durationType().defaultValue(Duration.ofMinutes(15)),
            "",
            Range.between(Duration.ofSeconds(10), Duration.ofHours(24)),
            "Time after which a broker gives up an open transaction. Output is lost where a job or its brokers are down for"
                    + " longer, so set it to the broker's transaction.max.timeout.ms, 15 min unless set; a larger value is"
                    + " refused by the broker. Longer than checkpoint.interval.");
    public static final JobOption<String> START_FROM_NOTHING = option(
            key("start.from-nothing").stringType().defaultValue(OptionText.choice(StartFromNothing.REFUSE)),
            "",
            Range.choice(StartFromNothing.class),
            "What a job that starts without a checkpoint does with models of which topics.dictionaries already holds"
                    + " versions: it ends before it learns one of them again, or learns it again as a new run.");
    public static final JobOption<Duration> CHECKPOINT_INTERVAL = option(
            key("checkpoint.interval").durationType().defaultValue(Duration.ofSeconds(5)),
            "",
            Range.between(Duration.ofMillis(100), Duration.ofHours(1)),
            "Time from one checkpoint to the next. Output becomes visible to readers with each checkpoint.");

    private JobOptions() {}

    /** All options in the order in which they are worth reading. */
    public static List<JobOption<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static JobOption<String> topic(String name, String description) {
        return option(
                key("topics." + name).stringType().defaultValue(name),
                "",
                new Range<>("letters, digits, . _ -", value -> value.matches("[a-zA-Z0-9._-]{1,249}")),
                description);
    }

    private static <T> JobOption<T> option(ConfigOption<T> config, String unit, Range<T> range, String description) {
        JobOption<T> option = new JobOption<>(config.withDescription(description), unit, range);
        ALL.add(option);
        return option;
    }

    private static String groups(int groups) {
        return groups == 0 ? AUTO : Integer.toString(groups);
    }

    private static boolean isGroups(String value) {
        return value.equals(AUTO) || value.matches("[1-9][0-9]{0,3}|10000");
    }
}
