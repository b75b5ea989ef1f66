package org.silhouettes.core.learner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationMemory;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.Initialiser;
import org.silhouettes.core.initialisation.NovelGroups;
import org.silhouettes.core.initialisation.Start;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.RunningMean;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;
import org.silhouettes.linalg.Random64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns one model's dictionary from its stream of images: warm-up buffer, initialisation, then mini-batches that are
 * encoded first and learned from afterwards (test-then-train).
 *
 * <p>What it does depends on the order of its images alone, never on time: the same images give the same dictionary to
 * the last bit, whatever states it is saved to and restored from in between. An image marked {@code learn = false} is
 * encoded with the dictionary as it stood when the image arrived.
 *
 * <p>Memory of its own: the dictionary, up to twice its size for Adam's moments (for the alternating update atoms² +
 * one dictionary), the guide's prototypes (at most 50 KB a group), and a byte a sample for buffered and gathered images. What all models of
 * a shape share on a thread is told by {@link TrainingStep}. Not thread-safe.
 */
public final class Learner {

    private static final Logger LOG = LoggerFactory.getLogger(Learner.class);

    private final ImageShape image;
    private TrainingStepCache engines;
    private final LearnerSettings settings;
    private final TrainingState training;
    private final RunningMean mean;
    private final float[] meanImage;
    private final ImageBuffers buffers;
    private final Random64 random;
    private final GuidanceTargets organiser;
    private final GroupGrowth consolidation;
    private Dictionary dictionary;
    private long learned;
    private long bufferedText;

    /** A model that has seen nothing yet. */
    public Learner(ImageShape image, TrainingStepCache engines) {
        this(LearnerState.empty(image, engines.settings().seed()), engines);
    }

    /** Goes on where {@link #state()} was taken. */
    public Learner(LearnerState state, TrainingStepCache engines) {
        this.image = state.image();
        this.engines = engines;
        this.settings = engines.settings();
        this.dictionary = state.dictionary();
        this.training = state.training();
        this.mean = state.mean();
        this.buffers = state.buffers().mutable();
        this.learned = state.learned();
        this.random = new Random64(state.random());
        this.meanImage = new float[image.values()];
        mean.writeTo(meanImage);
        this.organiser = new GuidanceTargets(image, dictionary, training.prototypes());
        this.consolidation = new GroupGrowth(settings);
        this.bufferedText = buffers.textBytes();
    }

    private static long text(List<StreamImage> images) {
        return images.stream().mapToLong(StreamImage::textBytes).sum();
    }

    /** Bytes of labels and ids of all images that are buffered. */
    public long bufferedText() {
        return bufferedText;
    }

    /**
     * Goes on with other engines from the next mini-batch on.
     *
     * @param next made with settings that differ from the first ones in the update alone
     */
    public void engines(TrainingStepCache next) {
        engines = next;
    }

    /** All there is to persist: live objects that the next image may change. */
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

    /** The mean image, [values], as it is subtracted now; live. */
    public float[] meanImage() {
        return meanImage;
    }

    /** The step τ that the encoder takes with the dictionary as it stands; only once there is one. */
    public double step() {
        return workspace().engine().step(dictionary, training);
    }

    /** λ that images are encoded with now: the settings' own, or less on the way back from a dead start; only once there is a dictionary. */
    public double lambda() {
        return workspace().engine().lambda(training);
    }

    /** The dictionary's Lipschitz constant L as last estimated, 0 before the first batch. */
    public double lipschitz() {
        return training.lipschitz().constant();
    }

    /** Atoms made anew so far, for want of use. */
    public long revivedAtoms() {
        return training.usage().resetAtoms();
    }

    /** Groups made anew so far, for want of use. */
    public long revivedGroups() {
        return training.usage().resetGroups();
    }

    /** Updates dropped so far, because the dictionary would not have stayed finite. */
    public long droppedUpdates() {
        return training.droppedUpdates();
    }

    /** Images the dictionary has learned from. */
    public long learned() {
        return learned;
    }

    /**
     * Takes the next image of the stream.
     *
     * @return false where the image can neither be learned from nor encoded: it is marked {@code learn = false} and the
     *     model has no dictionary yet
     * @throws IllegalArgumentException where it has not {@code image().values()} samples
     */
    public boolean accept(StreamImage next, LearnerListener listener) {
        if (next.samples().length != image.values()) {
            throw new IllegalArgumentException("image has " + next.samples().length + " values, the model expects "
                    + image.values() + " (" + image + "): send it under another model name or resize it");
        }
        if (!next.learn()) {
            if (dictionary == null) {
                return false;
            }
            buffers.unlearned().add(next);
            bufferedText += next.textBytes();
            if (buffers.unlearned().size() >= settings.batch()) {
                encodeUnlearned(listener);
            }
        } else if (dictionary == null) {
            buffers.warmUp().add(next);
            bufferedText += next.textBytes();
            if (buffers.warmUp().size() >= settings.initialisation().warmUpImages()) {
                initialise(listener);
            }
        } else {
            buffers.pending().add(next);
            bufferedText += next.textBytes();
            // more than once where the state was left by a larger batch setting
            while (buffers.pending().size() >= settings.batch()) {
                learn(listener);
            }
        }
        return true;
    }

    /** Encodes and learns from whatever is buffered, however little it is. */
    public void flush(LearnerListener listener) {
        if (!buffers.warmUp().isEmpty()) {
            initialise(listener);
        }
        encodeUnlearned(listener);
        while (!buffers.pending().isEmpty()) {
            learn(listener);
        }
    }

    private void initialise(LearnerListener listener) {
        buffers.warmUp().forEach(buffered -> mean.add(buffered.samples()));
        mean.writeTo(meanImage);
        List<String> labels = new ArrayList<>(buffers.warmUp().size());
        buffers.warmUp().forEach(buffered -> labels.add(buffered.label()));
        int most = Math.min(engines.memory().mostGroups(image), Initialiser.MAX_AUTO_GROUPS);
        InitialisationSettings initialisation = initialisation(labels);
        int groups = settings.groups() > 0
                ? settings.groups()
                : Math.min(most, Math.max(10, buffers.warmUp().size()));
        DictionaryShape largest = new DictionaryShape(groups, settings.groupSize(), image);
        engines.memory()
                .makeRoom(InitialisationMemory.bytes(
                        initialisation, largest, buffers.warmUp().size()));
        Start start = Initialiser.initialise(
                initialisation,
                settings.groups(),
                most,
                settings.groupSize(),
                new WarmUp(image, samples(buffers.warmUp()), meanImage.clone(), labels),
                random);
        dictionary = start.dictionary();
        if (start.guide().isPresent()) {
            organiser.guide(start.guide().get());
            scaleGuidance();
        }
        if (settings.groups() == 0 && dictionary.shape().groups() == most && most < Initialiser.MAX_AUTO_GROUPS) {
            listener.groupsLimited(dictionary);
        }
        listener.initialised(dictionary);
        List<StreamImage> buffered = List.copyOf(buffers.warmUp());
        buffers.warmUp().clear();
        for (StreamImage next : buffered) {
            buffers.pending().add(next);
            if (buffers.pending().size() >= settings.batch()) {
                learn(listener);
            }
        }
    }

    private static List<byte[]> samples(List<StreamImage> images) {
        return images.stream().map(StreamImage::samples).toList();
    }

    /** A stream without labels must not stop its model for good, so k-means stands in where {@code LABELS} finds none. */
    private InitialisationSettings initialisation(List<String> labels) {
        InitialisationSettings chosen = settings.initialisation();
        if (chosen.method() != Initialisation.LABELS || !labels.stream().allMatch(Objects::isNull)) {
            return chosen;
        }
        LOG.warn(
                "none of {} warm-up images has a label: the first dictionary comes from kmeans, not labels",
                labels.size());
        return new InitialisationSettings(Initialisation.KMEANS, chosen.warmUpImages());
    }

    /** Takes the measure of the warm-up images with the first dictionary. */
    private void scaleGuidance() {
        TrainingStepCache.Workspace workspace = workspace();
        double squares = 0;
        double norms = 0;
        for (int from = 0; from < buffers.warmUp().size(); from += settings.batch()) {
            List<StreamImage> batch =
                    buffers.warmUp().subList(from, Math.min(buffers.warmUp().size(), from + settings.batch()));
            centre(batch, workspace.centred());
            workspace.engine().encode(dictionary, training, workspace.centred(), batch.size(), workspace.codes());
            for (int i = 0; i < batch.size() * image.values(); i++) {
                squares += (double) workspace.centred()[i] * workspace.centred()[i];
            }
            int groups = dictionary.shape().groups();
            for (int b = 0; b < batch.size(); b++) {
                float strongest = 0;
                for (int g = 0; g < groups; g++) {
                    strongest = Math.max(strongest, workspace.codes().groupNorms()[b * groups + g]);
                }
                norms += strongest;
            }
        }
        int count = buffers.warmUp().size();
        organiser.scale(squares / ((double) count * image.values()), norms / count);
    }

    private void learn(LearnerListener listener) {
        encodeUnlearned(listener);
        TrainingStepCache.Workspace workspace = workspace();
        List<StreamImage> batch =
                buffers.pending().subList(0, Math.min(buffers.pending().size(), settings.batch()));
        int count = encode(batch, workspace, true, listener);
        GuidanceLoss.Targets targets = organiser.targets(batch, settings, workspace);
        boolean updated =
                workspace.engine().learn(dictionary, training, workspace.centred(), count, workspace.codes(), targets);
        learned += count;
        // the warm-up images are in the mean already: they gave its first estimate
        if (learned > mean.count()) {
            for (StreamImage next : batch.subList((int) (count - (learned - mean.count())), count)) {
                mean.add(next.samples());
            }
            mean.writeTo(meanImage);
        }
        if (updated) {
            consolidate(batch, targets, listener);
        }
        bufferedText -= text(batch);
        batch.clear();
        if (updated) {
            listener.updated(dictionary);
        }
    }

    /** Gathers the images, where that is due, and grows the dictionary by the new groups that enough of them have. */
    private void consolidate(List<StreamImage> batch, GuidanceLoss.Targets targets, LearnerListener listener) {
        if (!consolidation.gathers(!buffers.novel().isEmpty(), targets, batch.size(), dictionary.shape(), training)) {
            buffers.novel().clear();
            return;
        }
        int most = Math.min(consolidation.mostGroups(), engines.memory().mostGroups(image));
        if (dictionary.shape().groups() >= most) {
            buffers.novel().clear();
            consolidation.startOver(training);
            listener.groupsLimited(dictionary);
            return;
        }
        batch.forEach(next -> buffers.novel().add(next.samples()));
        if (consolidation.enough(buffers.novel().size())) {
            grow(most, listener);
        }
    }

    /** Looks for new groups in the novel images, up to so many groups in all. */
    private void grow(int most, LearnerListener listener) {
        DictionaryShape before = dictionary.shape();
        WarmUp recent = new WarmUp(
                image,
                List.copyOf(buffers.novel()),
                meanImage.clone(),
                Collections.nCopies(buffers.novel().size(), null));
        buffers.novel().clear();
        DictionaryShape largest = new DictionaryShape(most, before.groupSize(), image);
        engines.memory().makeRoom(InitialisationMemory.growthBytes(settings.initialisation(), largest, recent.count()));
        NovelGroups newcomers = consolidation.newcomers(
                organiser.guide(), recent, before, most - before.groups(), settings.initialisation(), training, random);
        organiser.guide(newcomers.guide());
        if (newcomers.groups() > 0) {
            engines.evict(before);
            dictionary = GroupGrowth.grown(dictionary, newcomers, training);
            listener.grown(dictionary, newcomers.groups());
        }
        if (dictionary.shape().groups() == most && most < consolidation.mostGroups()) {
            listener.groupsLimited(dictionary);
        }
    }

    private void encodeUnlearned(LearnerListener listener) {
        while (!buffers.unlearned().isEmpty()) {
            List<StreamImage> batch =
                    buffers.unlearned().subList(0, Math.min(buffers.unlearned().size(), settings.batch()));
            encode(batch, workspace(), false, listener);
            bufferedText -= text(batch);
            batch.clear();
        }
    }

    private int encode(
            List<StreamImage> images, TrainingStepCache.Workspace workspace, boolean learn, LearnerListener listener) {
        int count = images.size();
        centre(images, workspace.centred());
        workspace.engine().encode(dictionary, training, workspace.centred(), count, workspace.codes());
        listener.encoded(images, workspace.centred(), workspace.codes(), dictionary, learn);
        return count;
    }

    private void centre(List<StreamImage> images, float[] out) {
        for (int b = 0; b < images.size(); b++) {
            Samples.centre(images.get(b).samples(), meanImage, out, b * image.values());
        }
    }

    private TrainingStepCache.Workspace workspace() {
        DictionaryShape shape = dictionary.shape();
        return engines.workspace(shape);
    }
}
