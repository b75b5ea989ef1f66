package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationMemory;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.core.learner.TrainingStepMemory;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.imaging.ContactSheet;
import org.silhouettes.imaging.ImageShape;

/** Estimates of what models take, on the heap and off it, at their peak. */
final class ModelSize {

    private static final long OBJECTS = 4096;
    private static final long PER_IMAGE = 64;
    private static final long PER_ARRAY = 24;
    /** Label and id of an image that is yet to come. */
    private static final long TEXT = 256;
    /** Times that a model's bytes are in memory while it is written, beside the model: a buffer that doubles, and a copy. */
    static final int COPIES_WRITTEN = 3;
    /** Atoms whose block coherence is reported, at most: it takes their square. */
    static final int COHERENCE_ATOMS = 1024;
    /** Classes whose statistics have room in any case, where labels come at all. */
    private static final int CLASSES = 32;
    /** Bytes of a number in a record. */
    private static final double NUMBER = 12;
    /** Share of all memory that images take at most which wait for labels that come later. */
    private static final int LATE_SHARE = 16;

    /** Share of all memory that a sheet of classes takes at most while it is made. */
    private static final int SHEET_SHARE = 8;

    private ModelSize() {}

    /**
     * Heap of a live model, bytes.
     *
     * @param text labels and ids of the images that are buffered, bytes
     */
    static long bytes(LearnerState state, long text, ActivityTracker activity) {
        long values = state.image().values();
        long floats = values;
        if (state.dictionary() != null) {
            floats += state.dictionary().shape().size();
        }
        return OBJECTS
                + state.training().bytes()
                + 4 * floats
                + 8 * values
                + text
                + bytes(state.buffers().warmUp(), values)
                + state.buffers().novel().size() * (values + PER_ARRAY)
                + bytes(state.buffers().pending(), values)
                + bytes(state.buffers().unlearned(), values)
                + activity.bytes();
    }

    private static long bytes(List<StreamImage> images, long values) {
        return images.size() * (values + PER_IMAGE);
    }

    /**
     * The most groups, up to {@link Initialiser#MAX_AUTO_GROUPS} or {@code growth.max-groups}, with which a model of such
     * images stays within {@code models.cache-bytes}; always the same for the same images and settings.
     *
     * @return ≥ 1
     */
    static int maxGroups(ImageShape image, LearningSettings settings) {
        int fits = 1;
        int most = Math.max(
                Initialiser.MAX_AUTO_GROUPS,
                settings.learner().organisation().growth().maxGroups());
        int tooMany = most + 1;
        while (tooMany - fits > 1) {
            int groups = (fits + tooMany) / 2;
            if (peakBytes(image, groups, settings) <= settings.models().cacheBytes()) {
                fits = groups;
            } else {
                tooMany = groups;
            }
        }
        return fits;
    }

    /** The same of a model of the fewest groups that the settings let it have. */
    static double peakBytes(ImageShape image, LearningSettings settings) {
        int groups = settings.learner().groups();
        return peakBytes(image, groups == 0 ? Initialiser.AUTO_GROUPS : groups, settings);
    }

    /**
     * Bytes that a new model of these images takes at its peak, from its warm-up to its checkpoints, with the engine that it
     * learns by. Infinite where one of the arrays would be longer than an array can be.
     */
    static double peakBytes(ImageShape image, int groups, LearningSettings settings) {
        DictionaryShape shape = new DictionaryShape(groups, settings.learner().groupSize(), image);
        return new Peak(shape, settings).bytes();
    }

    /** What classes and late labels of a model may take, see {@link #statistics}. */
    record Statistics(ActivitySettings activity, long lateBytes) {}

    /**
     * The bounds of a model's statistics: what {@link #peakBytes} has reserved, and of classes more where memory is left.
     *
     * @param groups of the dictionary; 0 during warm-up
     */
    static Statistics statistics(ImageShape image, int groups, LearningSettings settings) {
        DictionaryShape shape =
                new DictionaryShape(Math.max(1, groups), settings.learner().groupSize(), image);
        Peak peak = new Peak(shape, settings);
        // a class is there twice in a report, and more often when the model is written
        double oneMore = (1 + COPIES_WRITTEN) * ActivityTracker.bytesOfClass(shape);
        double more = Math.max(0, settings.models().cacheBytes() - peak.bytes()) / oneMore;
        int maxLabels = settings.activity().maxLabels();
        double bytes = peak.classes() + more * ActivityTracker.bytesOfClass(shape);
        return new Statistics(new ActivitySettings(maxLabels, (long) bytes), (long) peak.late());
    }

    /** Classes at most on one sheet of silhouettes; 0 where one alone would be too large. */
    static int classesOnSheet(ImageShape image, LearningSettings settings) {
        int classes = ContactSheet.classesThatFit(image);
        while (classes > 0 && ContactSheet.bytesOfClasses(image, classes) > sheetBytes(settings)) {
            classes = classes * 7 / 8;
        }
        return classes;
    }

    private static double sheetBytes(LearningSettings settings) {
        return (double) settings.models().cacheBytes() / SHEET_SHARE;
    }

    /** The parts of the peak, bytes. */
    private static final class Peak {

        private final LearningSettings settings;
        private final DictionaryShape shape;
        private final InitialisationSettings initialisation;
        private final double values;
        private final double atoms;

        Peak(DictionaryShape shape, LearningSettings settings) {
            this.settings = settings;
            this.shape = shape;
            InitialisationSettings chosen = settings.learner().initialisation();
            // k-means stands in where there are no labels, and takes more
            this.initialisation = chosen.method() == Initialisation.LABELS
                    ? new InitialisationSettings(Initialisation.KMEANS, chosen.warmUpImages())
                    : chosen;
            this.values = shape.values();
            this.atoms = (double) shape.groups() * shape.groupSize();
        }

        double bytes() {
            double array = Math.max(
                    TrainingStepMemory.longestArray(shape, settings.learner()),
                    InitialisationMemory.longestArray(initialisation, shape, initialisation.warmUpImages()));
            if (Math.max(array, gatheredImages() * Math.max(values, 512)) > Integer.MAX_VALUE - 16) {
                return Double.POSITIVE_INFINITY;
            }
            double live = live();
            double engine = TrainingStepMemory.maxBytes(shape, settings.learner());
            double starting = images(initialisation.warmUpImages())
                    + InitialisationMemory.bytes(initialisation, shape, initialisation.warmUpImages());
            double learning = live + images(initialisation.warmUpImages()) + engine + report();
            double growing = live + engine + growth();
            double writing = (1 + COPIES_WRITTEN) * Math.max(live, images(initialisation.warmUpImages()));
            return OBJECTS + 12 * values + Math.max(Math.max(starting, learning), Math.max(growing, writing));
        }

        private double images(double count) {
            return count * (values + PER_IMAGE + TEXT);
        }

        /** The model with all that it may gather. */
        private double live() {
            boolean alternating = settings.learner().update().rule() == UpdateRule.ALTERNATING;
            double learned = atoms * values + (alternating ? atoms * values + atoms * atoms : 2 * atoms * values);
            double guide = initialisation.method() == Initialisation.COMMUNITY ? 32.0 * 392 * shape.groups() : 0;
            return 4 * (learned + guide + 4 * atoms)
                    + 24.0 * shape.groups()
                    + 8 * atoms
                    + images(2.0 * settings.learner().batch())
                    + gatheredImages() * (values + PER_ARRAY)
                    + classes()
                    + late();
        }

        private double gatheredImages() {
            boolean grows = settings.learner().groups() == 0
                    && initialisation.method() == Initialisation.COMMUNITY
                    && settings.learner().update().rule() == UpdateRule.BACKPROP
                    && settings.learner().organisation().growth().noveltyRate() < 1;
            return grows ? settings.learner().organisation().growth().images() : 0;
        }

        /** New groups are looked for, then dictionary and moments are copied. */
        private double growth() {
            int gathered = (int) gatheredImages();
            return gathered == 0
                    ? 0
                    : Math.max(InitialisationMemory.growthBytes(initialisation, shape, gathered), 8 * atoms * values);
        }

        private int classCount() {
            return Math.min(settings.activity().maxLabels(), CLASSES);
        }

        double classes() {
            return classCount() * ActivityTracker.bytesOfClass(shape);
        }

        double late() {
            return Math.min(
                    settings.stream().waitForLabels() * LateLabels.bytesOfImage(shape),
                    (double) settings.models().cacheBytes() / LATE_SHARE);
        }

        /** Copies of the classes' statistics, block coherence, sheets and records. */
        private double report() {
            double coherence = atoms <= COHERENCE_ATOMS ? 4 * (2 * atoms * atoms + atoms * values) : 0;
            int size = shape.groupSize();
            double group = 4.0 * size * values;
            double sheet = 2 * group + ContactSheet.bytes(shape.image(), size, (int) Math.ceil(Math.sqrt(size)));
            double classSheet =
                    Math.min(ContactSheet.bytesOfClasses(shape.image(), classCount()), sheetBytes(settings));
            double numbers = classCount() * (2.0 * shape.groups() + atoms) + 3.0 * shape.groups() + atoms;
            double record = Math.min(settings.reports().maxRecordBytes(), 8192 + NUMBER * numbers);
            return classes() + Math.max(Math.max(coherence, 3 * record), Math.max(sheet, classSheet));
        }
    }
}
