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

/** Estimates the peak memory of models, heap and native. */
final class ModelSize {

    private static final long OBJECTS = 4096;
    private static final long PER_IMAGE = 64;
    private static final long PER_ARRAY = 24;
    /** Bytes for the label and id of a future image. */
    private static final long TEXT = 256;
    /** Copies of a serialised model in memory while it is written: a doubling buffer and its result. */
    static final int COPIES_WRITTEN = 3;
    /** Maximum number of atoms for which block coherence is reported: it needs their square. */
    static final int COHERENCE_ATOMS = 1024;
    /** Minimum number of classes whose statistics have room. */
    private static final int CLASSES = 32;
    /** Bytes per number in a record. */
    private static final double NUMBER = 12;
    /** Maximum share of memory for images that wait for late labels. */
    private static final int LATE_SHARE = 16;

    /** Maximum share of memory for building a sheet of classes. */
    private static final int SHEET_SHARE = 8;

    private ModelSize() {}

    /**
     * Heap of a live model, bytes.
     *
     * @param text bytes of the labels and ids of buffered images
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
     * Maximum number of groups, up to {@link Initialiser#MAX_AUTO_GROUPS} or {@code growth.max-groups}, with which a model of
     * this image shape fits into {@code models.cache-bytes}. Depends only on the shape and the settings.
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

    /** The same for a model with the minimum number of groups. */
    static double peakBytes(ImageShape image, LearningSettings settings) {
        int groups = settings.learner().groups();
        return peakBytes(image, groups == 0 ? Initialiser.AUTO_GROUPS : groups, settings);
    }

    /**
     * Peak memory of a new model of this image shape with its training step, bytes, from warm-up to checkpoints. Infinite if an
     * array would exceed the maximum length.
     */
    static double peakBytes(ImageShape image, int groups, LearningSettings settings) {
        DictionaryShape shape = new DictionaryShape(groups, settings.learner().groupSize(), image);
        return new Peak(shape, settings).bytes();
    }

    /** Bounds of the memory for classes and late labels, see {@link #statistics}. */
    record Statistics(ActivitySettings activity, long lateBytes) {}

    /**
     * Bounds of a model's statistics: what {@link #peakBytes} reserves, and more for classes if memory is left.
     *
     * @param groups of the dictionary; 0 during warm-up
     */
    static Statistics statistics(ImageShape image, int groups, LearningSettings settings) {
        DictionaryShape shape =
                new DictionaryShape(Math.max(1, groups), settings.learner().groupSize(), image);
        Peak peak = new Peak(shape, settings);
        // a report has two copies of a class, and writing the model makes more
        double oneMore = (1 + COPIES_WRITTEN) * ActivityTracker.bytesOfClass(shape);
        double more = Math.max(0, settings.models().cacheBytes() - peak.bytes()) / oneMore;
        int maxLabels = settings.activity().maxLabels();
        double bytes = peak.classes() + more * ActivityTracker.bytesOfClass(shape);
        return new Statistics(new ActivitySettings(maxLabels, (long) bytes), (long) peak.late());
    }

    /** Maximum number of classes on one sheet; 0 if even one is too large. */
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

    /** Parts of the peak, bytes. */
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
            // k-means replaces labels if there are none, and needs more memory
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
            if (Math.max(array, collectedImages() * Math.max(values, 512)) > Integer.MAX_VALUE - 16) {
                return Double.POSITIVE_INFINITY;
            }
            double live = live();
            double step = TrainingStepMemory.maxBytes(shape, settings.learner());
            double starting = images(initialisation.warmUpImages())
                    + InitialisationMemory.bytes(initialisation, shape, initialisation.warmUpImages());
            double learning = live + images(initialisation.warmUpImages()) + step + report();
            double growing = live + step + growth();
            double writing = (1 + COPIES_WRITTEN) * Math.max(live, images(initialisation.warmUpImages()));
            return OBJECTS + 12 * values + Math.max(Math.max(starting, learning), Math.max(growing, writing));
        }

        private double images(double count) {
            return count * (values + PER_IMAGE + TEXT);
        }

        /** The model with all its buffers. */
        private double live() {
            boolean alternating = settings.learner().update().rule() == UpdateRule.ALTERNATING;
            double learned = atoms * values + (alternating ? atoms * values + atoms * atoms : 2 * atoms * values);
            double guide = initialisation.method() == Initialisation.COMMUNITY ? 32.0 * 392 * shape.groups() : 0;
            return 4 * (learned + guide + 4 * atoms)
                    + 24.0 * shape.groups()
                    + 8 * atoms
                    + images(2.0 * settings.learner().batch())
                    + collectedImages() * (values + PER_ARRAY)
                    + classes()
                    + late();
        }

        private double collectedImages() {
            boolean grows = settings.learner().groups() == 0
                    && initialisation.method() == Initialisation.COMMUNITY
                    && settings.learner().update().rule() == UpdateRule.BACKPROP
                    && settings.learner().organisation().growth().noveltyRate() < 1;
            return grows ? settings.learner().organisation().growth().images() : 0;
        }

        /** Search for new groups, then copies of dictionary and moments. */
        private double growth() {
            int collected = (int) collectedImages();
            return collected == 0
                    ? 0
                    : Math.max(InitialisationMemory.growthBytes(initialisation, shape, collected), 8 * atoms * values);
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

        /** Copies of class statistics, block coherence, sheets and records. */
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
