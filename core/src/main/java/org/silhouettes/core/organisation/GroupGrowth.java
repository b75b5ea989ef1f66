package org.silhouettes.core.organisation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.NovelGroups;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.state.NoveltyState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.TrainingState;

/**
 * Decides when a model gets further groups, for classes that its warm-up images did not contain. An image is novel if the
 * {@link PrototypeClassifier} assigns it to no group; the decayed share of novel images is the {@link NoveltyState} of the
 * model. Above the configured share, the following images are collected in the novelty buffer; once it is full, each of its
 * communities of novel images becomes a group. Existing groups stay. Images that remain novel count as known from then on, so
 * that the search is not repeated for them.
 */
public final class GroupGrowth {

    /** Images over which the share of novel images decays. */
    private static final double WINDOW = 512;

    /** What became of the images of a mini-batch. */
    public enum Collected {
        /** The model needs no further groups, or its novelty buffer is not full. */
        NONE,
        /** The model may need further groups, for which there is no memory. */
        LIMITED,
        /** The novelty buffer is full, so it is time to search it. */
        FULL
    }

    private final GroupGrowthSettings settings;
    private final boolean enabled;
    private final NoveltyState novelty;
    private final List<byte[]> buffer;
    private final IntSupplier memoryGroups;

    /**
     * @param openGroups whether the number of groups is left open
     * @param buffer the novelty buffer; live
     * @param memoryGroups maximum number of groups for which there is memory
     */
    public GroupGrowth(
            GroupGrowthSettings settings,
            boolean openGroups,
            NoveltyState novelty,
            List<byte[]> buffer,
            IntSupplier memoryGroups) {
        this.settings = settings;
        this.enabled = openGroups && settings.noveltyRate() < 1;
        this.novelty = novelty;
        this.buffer = buffer;
        this.memoryGroups = memoryGroups;
    }

    /**
     * Counts the novel images of a mini-batch that was learned from, and buffers its images if there are many.
     *
     * @param groups present number of groups
     */
    public Collected collect(List<StreamImage> images, GuidanceLoss.Targets targets, int groups) {
        if (!enabled
                || targets == GuidanceLoss.Targets.NONE
                || groups >= settings.maxGroups()
                || !isNovel(images, targets)) {
            buffer.clear();
            return Collected.NONE;
        }
        if (groups >= maxGroups()) {
            takeNovel();
            return Collected.LIMITED;
        }
        images.forEach(image -> buffer.add(image.samples()));
        return buffer.size() >= settings.images() ? Collected.FULL : Collected.NONE;
    }

    /** Updates the share of novel images; returns whether it is high, or images are being collected already. */
    private boolean isNovel(List<StreamImage> images, GuidanceLoss.Targets targets) {
        int count = images.size();
        double novel = 0;
        for (int b = 0; b < count; b++) {
            novel += targets.groups()[b] == PrototypeClassifier.NONE ? 1 : 0;
        }
        float share = novelty.share();
        share += (float) (Math.min(1, count / WINDOW) * (novel / count - share));
        novelty.share(share);
        return !buffer.isEmpty() || share > settings.noveltyRate();
    }

    /** Empties the novelty buffer and restarts the share of novel images at 0. */
    public List<byte[]> takeNovel() {
        List<byte[]> novel = List.copyOf(buffer);
        buffer.clear();
        novelty.share(0);
        return novel;
    }

    /** Maximum number of groups, by the settings and by memory. */
    public int maxGroups() {
        return Math.min(settings.maxGroups(), memoryGroups.getAsInt());
    }

    /** Whether memory, not the settings, allows no further groups. */
    public boolean isLimited(int groups) {
        int max = maxGroups();
        return groups == max && max < settings.maxGroups();
    }

    /** The dictionary with the new groups behind its own, at the same version; the update's state grows with it. */
    public static Dictionary grown(Dictionary dictionary, NovelGroups added, TrainingState state) {
        DictionaryShape before = dictionary.shape();
        DictionaryShape shape =
                new DictionaryShape(before.groups() + added.groups(), before.groupSize(), before.image());
        float[] atoms = Arrays.copyOf(dictionary.atoms(), shape.size());
        System.arraycopy(added.atoms(), 0, atoms, before.size(), added.atoms().length);
        state.grow(before, shape);
        return new Dictionary(shape, atoms, dictionary.version());
    }
}
