package org.silhouettes.core.learner;

import java.util.Arrays;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.initialisation.Guide;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.initialisation.Newcomers;
import org.silhouettes.core.initialisation.WarmUp;
import org.silhouettes.linalg.Random64;

/**
 * Gives a model further groups where its stream shows classes that its start did not hold. How many of the last images are
 * strangers to the {@link Guide} is a fading share, the array {@code strangers} of the model's state. Where it is too
 * large, the images that follow are gathered; when there are enough of them, their communities that are made of strangers
 * become groups of their own behind those there are, which stay as they are. The strangers that are left count as known from
 * then on, so that what cannot be told apart is not looked for again and again.
 */
final class Consolidation {

    private static final String STRANGERS = "strangers";
    /** Images over which the share fades. */
    private static final double RECENT = 512;

    private final ConsolidationSettings settings;
    private final boolean possible;

    Consolidation(LearnerSettings settings) {
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
            boolean gathering, Guidance.Targets targets, int count, DictionaryShape shape, OptimiserState state) {
        if (!possible || targets == Guidance.Targets.NONE || shape.groups() >= settings.mostGroups()) {
            return false;
        }
        double strangers = 0;
        for (int b = 0; b < count; b++) {
            strangers += targets.groups()[b] == Guide.NONE ? 1 : 0;
        }
        float[] share = state.array(STRANGERS, 1);
        share[0] += (float) (Math.min(1, count / RECENT) * (strangers / count - share[0]));
        return gathering || share[0] > settings.strangers();
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
    void startOver(OptimiserState state) {
        state.array(STRANGERS, 1)[0] = 0;
    }

    /**
     * The new groups of what was gathered; the share of strangers starts over.
     *
     * @param most new groups at most, ≥ 1
     */
    Newcomers newcomers(
            Guide guide,
            WarmUp gathered,
            DictionaryShape shape,
            int most,
            InitialisationSettings initialisation,
            OptimiserState state,
            Random64 random) {
        startOver(state);
        return Newcomers.find(guide, gathered, initialisation.features(), shape.groupSize(), most, random);
    }

    /** The dictionary with the newcomers behind its groups, at the same version; what the update remembers of those stays. */
    static Dictionary grown(Dictionary dictionary, Newcomers newcomers, OptimiserState state) {
        DictionaryShape before = dictionary.shape();
        DictionaryShape shape =
                new DictionaryShape(before.groups() + newcomers.groups(), before.groupSize(), before.image());
        float[] atoms = Arrays.copyOf(dictionary.atoms(), shape.size());
        System.arraycopy(newcomers.atoms(), 0, atoms, before.size(), newcomers.atoms().length);
        for (String remembered : List.of(Adam.FIRST, Adam.SECOND, Revival.IDLE)) {
            float[] array = state.arrays().get(remembered);
            if (array != null) {
                state.put(remembered, Arrays.copyOf(array, array.length / before.groups() * shape.groups()));
            }
        }
        return new Dictionary(shape, atoms, dictionary.version());
    }
}
