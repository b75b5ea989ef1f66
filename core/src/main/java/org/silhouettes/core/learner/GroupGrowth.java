package org.silhouettes.core.learner;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.NovelGroups;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.core.state.NoveltyState;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Random64;

/**
 * Gives a model further groups where its stream shows classes that its start did not hold. How many of the last images are
 * strangers to the {@link PrototypeClassifier} is a decaying share, the {@link NoveltyState} of the model. Where it is too
 * large, the images that follow are gathered; when there are enough of them, their communities that are made of strangers
 * become groups of their own behind those there are, which stay as they are. The strangers that are left count as known from
 * then on, so that what cannot be told apart is not looked for again and again.
 */
final class GroupGrowth {

    /** Images over which the share fades. */
    private static final double RECENT = 512;

    private final GroupGrowthSettings settings;
    private final boolean possible;

    GroupGrowth(LearnerSettings settings) {
        this.settings = settings.organisation().consolidation();
        this.possible = settings.groups() == 0 && this.settings.strangers() < 1;
    }

    /**
     * Takes note of a mini-batch that was learned from.
     *
     * @param gathering whether images are being gathered
     * @return whether these are to be gathered too
     */
    boolean gathers(
            boolean gathering, GuidanceLoss.Targets targets, int count, DictionaryShape shape, TrainingState state) {
        if (!possible || targets == GuidanceLoss.Targets.NONE || shape.groups() >= settings.mostGroups()) {
            return false;
        }
        double strangers = 0;
        for (int b = 0; b < count; b++) {
            strangers += targets.groups()[b] == PrototypeClassifier.NONE ? 1 : 0;
        }
        NoveltyState novelty = state.novelty();
        float share = novelty.share();
        share += (float) (Math.min(1, count / RECENT) * (strangers / count - share));
        novelty.share(share);
        return gathering || share > settings.strangers();
    }

    /** Whether so many gathered images are enough. */
    boolean enough(int gathered) {
        return gathered >= settings.images();
    }

    /** Groups up to which new ones are looked for. */
    int mostGroups() {
        return settings.mostGroups();
    }

    /** The share of strangers starts over: where there is no room for new groups, none are looked for until it grows again. */
    void startOver(TrainingState state) {
        state.novelty().share(0);
    }

    /**
     * The new groups of what was gathered; the share of strangers starts over.
     *
     * @param most new groups at most, ≥ 1
     */
    NovelGroups newcomers(
            PrototypeClassifier guide,
            WarmUp gathered,
            DictionaryShape shape,
            int most,
            InitialisationSettings initialisation,
            TrainingState state,
            Random64 random) {
        startOver(state);
        return NovelGroups.find(guide, gathered, initialisation.features(), shape.groupSize(), most, random);
    }

    /** The dictionary with the newcomers behind its groups, at the same version; what the update remembers of those stays. */
    static Dictionary grown(Dictionary dictionary, NovelGroups newcomers, TrainingState state) {
        DictionaryShape before = dictionary.shape();
        DictionaryShape shape =
                new DictionaryShape(before.groups() + newcomers.groups(), before.groupSize(), before.image());
        float[] atoms = Arrays.copyOf(dictionary.atoms(), shape.size());
        System.arraycopy(newcomers.atoms(), 0, atoms, before.size(), newcomers.atoms().length);
        state.grow(before, shape);
        return new Dictionary(shape, atoms, dictionary.version());
    }
}
