package org.silhouettes.core.learner;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.initialisation.InitialisationMemory;
import org.silhouettes.core.initialisation.NovelGroups;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.core.learner.TrainingStepCache.Workspace;
import org.silhouettes.core.organisation.GroupGrowth;
import org.silhouettes.core.organisation.GuidanceLoss;
import org.silhouettes.core.organisation.GuidanceScale;
import org.silhouettes.core.organisation.GuidanceTargets;
import org.silhouettes.core.organisation.LambdaSchedule;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.RunningMean;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;
import org.silhouettes.linalg.Random64;

/**
 * Learns one model's dictionary from its stream of images: warm-up, initialisation, then mini-batches that are encoded before
 * the dictionary learns from them (test-then-train). {@link #accept} only buffers; after each image the caller does what is
 * due:
 *
 * <pre>{@code
 * learner.accept(image);
 * learner.initialise(false);
 * for (EncodedBatch batch = learner.encode(false); batch != null; batch = learner.encode(false)) {
 *     // read the codes
 *     if (batch.learn()) {
 *         learner.learn(batch);
 *     }
 * }
 * }</pre>
 *
 * <p>The result depends only on the images and their order, not on time or on states that were saved and restored in between:
 * the same images give the same dictionary to the last bit. An image marked {@code learn = false} is encoded with the
 * dictionary of the moment it arrived.
 *
 * <p>Memory: the dictionary, up to twice its size for Adam's moments (for the alternating update atoms² + one dictionary),
 * the prototypes (at most 50 KB per group), and one byte per sample of each buffered image. {@link TrainingStep} documents what
 * the models of one shape share. Not thread-safe.
 */
public final class Learner {

    private final ImageShape image;
    private final LearnerSettings settings;
    private final TrainingState training;
    private final RunningMean mean;
    private final float[] meanImage;
    private final ImageBuffers buffers;
    private final ImageQueue queue;
    private final Random64 random;
    private final GuidanceTargets targets;
    private final GroupGrowth growth;
    private TrainingStepCache steps;
    private Dictionary dictionary;
    private Workspace encodedWith;
    private long learned;

    /** A model without any image. */
    public Learner(ImageShape image, TrainingStepCache steps) {
        this(LearnerState.empty(image, steps.settings().seed()), steps);
    }

    /** Continues from a {@link #state()}. */
    public Learner(LearnerState state, TrainingStepCache steps) {
        this.image = state.image();
        this.steps = steps;
        this.settings = steps.settings();
        this.dictionary = state.dictionary();
        this.training = state.training();
        this.mean = state.mean();
        this.buffers = state.buffers().mutable();
        this.queue = new ImageQueue(buffers, settings.batch());
        this.learned = state.learned();
        this.random = new Random64(state.random());
        this.meanImage = new float[image.values()];
        mean.writeTo(meanImage);
        this.targets = new GuidanceTargets(
                settings.organisation(),
                settings.update().rule() == UpdateRule.BACKPROP,
                image,
                dictionary,
                training.prototypes());
        this.growth = new GroupGrowth(
                settings.organisation().growth(),
                settings.groups() == 0,
                training.novelty(),
                buffers.novel(),
                () -> this.steps.memory().maxGroups(image));
    }

    /** Bytes of the labels and ids of all buffered images. */
    public long bufferedText() {
        return queue.textBytes();
    }

    /**
     * Uses other training steps from the next mini-batch on.
     *
     * @param next differs in its update settings only
     */
    public void trainWith(TrainingStepCache next) {
        steps = next;
    }

    /** Everything to persist; live objects that the next image may change. */
    public LearnerState state() {
        return new LearnerState(image, dictionary, training, mean, buffers, learned, random.state());
    }

    public ImageShape image() {
        return image;
    }

    /** The dictionary, or null during warm-up. */
    public Dictionary dictionary() {
        return dictionary;
    }

    /** The mean image that is subtracted, [values]; live. */
    public float[] meanImage() {
        return meanImage;
    }

    /** The encoder's current step τ; requires a dictionary. */
    public double step() {
        return workspace().step().step(dictionary, training);
    }

    /** The current λ, at most the configured one, see {@link LambdaSchedule}; requires a dictionary. */
    public double lambda() {
        return workspace().step().lambda(training);
    }

    /** What the training remembers between mini-batches, with its counters; live. */
    public TrainingState training() {
        return training;
    }

    /** Number of images that the dictionary has learned from. */
    public long learned() {
        return learned;
    }

    /**
     * Buffers the next image of the stream.
     *
     * @return false if the image can be neither learned from nor encoded: it is marked {@code learn = false} and the model
     *     has no dictionary yet
     * @throws IllegalArgumentException if it does not have {@code image().values()} samples
     */
    public boolean accept(StreamImage next) {
        if (next.samples().length != image.values()) {
            throw new IllegalArgumentException("image has " + next.samples().length + " values, the model expects "
                    + image.values() + " (" + image + "): send it under another model name or resize it");
        }
        if (!next.learn() && dictionary == null) {
            return false;
        }
        queue.add(next, dictionary == null);
        return true;
    }

    /**
     * Makes the first dictionary, once the warm-up is complete.
     *
     * @param flush whether an incomplete warm-up of at least one image is enough
     * @return empty if no initialisation was due
     */
    public Optional<InitialisationResult> initialise(boolean flush) {
        List<StreamImage> warmUp = buffers.warmUp();
        int required = flush ? 1 : settings.initialisation().warmUpImages();
        if (warmUp.isEmpty() || warmUp.size() < required) {
            return Optional.empty();
        }
        warmUp.forEach(next -> mean.add(next.samples()));
        mean.writeTo(meanImage);
        FirstDictionary first = FirstDictionary.of(steps, image, warmUp, meanImage, random);
        dictionary = first.start().dictionary();
        first.start().classifier().ifPresent(this::assignWith);
        queue.endWarmUp();
        return Optional.of(new InitialisationResult(dictionary, first.groupsLimited()));
    }

    /** Assigns images with this classifier, at the scale of the warm-up images and their codes. */
    private void assignWith(PrototypeClassifier classifier) {
        targets.classifier(classifier);
        List<StreamImage> warmUp = buffers.warmUp();
        GuidanceScale scale = new GuidanceScale();
        for (int from = 0; from < warmUp.size(); from += settings.batch()) {
            scale.add(encode(warmUp.subList(from, Math.min(warmUp.size(), from + settings.batch())), workspace()));
        }
        targets.scale(scale.meanSquare(), scale.meanNorm());
    }

    /** Whether {@link #encode} would return a mini-batch. */
    public boolean isBatchDue(boolean flush) {
        return queue.isDue(flush);
    }

    /**
     * Encodes the next mini-batch and removes it from the buffers.
     *
     * @param flush whether a partly filled mini-batch is due as well
     * @return null if no mini-batch is due
     */
    public EncodedBatch encode(boolean flush) {
        List<StreamImage> images = queue.take(flush);
        if (images == null) {
            return null;
        }
        encodedWith = workspace();
        return new EncodedBatch(
                images, encode(images, encodedWith), images.get(0).learn());
    }

    private Encoding encode(List<StreamImage> images, Workspace workspace) {
        for (int b = 0; b < images.size(); b++) {
            Samples.centre(images.get(b).samples(), meanImage, workspace.centred(), b * image.values());
        }
        return workspace.step().encode(dictionary, training, workspace.centred(), images.size());
    }

    /**
     * Updates the dictionary with a mini-batch, and adds groups if enough of its images are novel.
     *
     * @param batch the last one of {@link #encode(boolean)}
     * @throws IllegalArgumentException if its images are marked {@code learn = false}
     */
    public UpdateResult learn(EncodedBatch batch) {
        if (!batch.learn()) {
            throw new IllegalArgumentException("the images of the mini-batch are marked learn = false");
        }
        List<StreamImage> images = batch.images();
        int count = images.size();
        GuidanceLoss.Targets assigned = targets.of(images, encodedWith.targets());
        boolean updated = encodedWith.step().update(dictionary, training, batch.encoding(), assigned);
        learned += count;
        // the warm-up images are part of the mean already
        if (learned > mean.count()) {
            for (StreamImage next : images.subList((int) (count - (learned - mean.count())), count)) {
                mean.add(next.samples());
            }
            mean.writeTo(meanImage);
        }
        return updated ? grow(images, assigned) : UpdateResult.DROPPED;
    }

    private UpdateResult grow(List<StreamImage> images, GuidanceLoss.Targets assigned) {
        return switch (growth.collect(images, assigned, dictionary.shape().groups())) {
            case NONE -> UpdateResult.UPDATED;
            case LIMITED -> new UpdateResult(true, 0, true);
            case FULL -> addGroups();
        };
    }

    /** Adds the new groups of the novelty buffer to the dictionary. */
    private UpdateResult addGroups() {
        DictionaryShape before = dictionary.shape();
        int maxGroups = growth.maxGroups();
        List<byte[]> novel = growth.takeNovel();
        DictionaryShape largest = new DictionaryShape(maxGroups, before.groupSize(), image);
        steps.memory().makeRoom(InitialisationMemory.growthBytes(settings.initialisation(), largest, novel.size()));
        NovelGroups added = NovelGroups.find(
                targets.classifier(),
                new WarmUp(image, novel, meanImage.clone(), Collections.nCopies(novel.size(), null)),
                settings.initialisation().features(),
                before.groupSize(),
                maxGroups - before.groups(),
                random);
        targets.classifier(added.classifier());
        if (added.groups() > 0) {
            steps.evict(before);
            dictionary = GroupGrowth.grown(dictionary, added, training);
        }
        return new UpdateResult(
                true, added.groups(), growth.isLimited(dictionary.shape().groups()));
    }

    private Workspace workspace() {
        return steps.workspace(dictionary.shape());
    }
}
