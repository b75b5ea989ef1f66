package org.silhouettes.core.learner;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.state.UsageCounters;

/**
 * Gives atoms and groups that no image uses another life. An atom of no use for so many updates becomes the image that is
 * reconstructed worst among those of the mini-batch whose strongest group is the atom's; a group all of whose atoms are of
 * no use is made of the worst reconstructed images of the mini-batch. What the update remembers of an atom is forgotten.
 * Idle updates and counts are the {@link UsageCounters} of the model's state.
 */
final class DeadAtomReset {

    private final DictionaryShape shape;
    private final int after;

    /** @param after updates without use, 0 for never */
    DeadAtomReset(DictionaryShape shape, int after) {
        this.shape = shape;
        this.after = after;
    }

    /** Takes note of a mini-batch that was learned from, and revives what has been idle too long. */
    void apply(Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch codes) {
        if (after == 0) {
            return;
        }
        int[] idle = state.usage().idle(shape.atoms());
        boolean any = false;
        for (int k = 0; k < shape.atoms(); k++) {
            idle[k] = used(codes, count, k) ? 0 : idle[k] + 1;
            any |= idle[k] >= after;
        }
        if (any) {
            revive(dictionary, state, images, count, codes, idle);
        }
    }

    private boolean used(CodeBatch codes, int count, int atom) {
        for (int at = atom; at < count * shape.atoms(); at += shape.atoms()) {
            if (codes.codes()[at] != 0) {
                return true;
            }
        }
        return false;
    }

    private void revive(
            Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch codes, int[] idle) {
        int d = shape.groupSize();
        UsageCounters usage = state.usage();
        int[] worstFirst = IntStream.range(0, count)
                .filter(b -> codes.squaredErrors()[b] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> -codes.squaredErrors()[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] taken = new boolean[count];
        for (int g = 0; g < shape.groups(); g++) {
            int group = g;
            if (IntStream.range(g * d, g * d + d).allMatch(k -> idle[k] >= after)) {
                // at most as many groups an update as there are images for, lest two groups be the same
                int[] free = IntStream.of(worstFirst).filter(b -> !taken[b]).toArray();
                if (free.length >= Math.min(d, count / 2)) {
                    for (int i = 0; i < d; i++) {
                        put(dictionary, state, g * d + i, images, free, i);
                        taken[free[i % free.length]] = true;
                    }
                    usage.countGroup();
                }
                continue;
            }
            for (int k = g * d; k < g * d + d; k++) {
                if (idle[k] >= after) {
                    int[] own = IntStream.of(worstFirst)
                            .filter(b -> !taken[b] && codes.strongestGroup(b) == group)
                            .toArray();
                    if (own.length > 0) {
                        put(dictionary, state, k, images, own, 0);
                        taken[own[0]] = true;
                        usage.countAtom();
                    }
                }
            }
        }
    }

    /** Atom k becomes image choice[i], or the sum of two images where i is beyond them: no two atoms are the same. */
    private void put(Dictionary dictionary, TrainingState state, int k, float[] images, int[] choice, int i) {
        int m = shape.values();
        int first = choice[i % choice.length];
        System.arraycopy(images, first * m, dictionary.atoms(), k * m, m);
        if (i >= choice.length) {
            int second = choice[(i % choice.length + i / choice.length) % choice.length];
            for (int p = 0; p < m; p++) {
                dictionary.atoms()[k * m + p] += images[second * m + p];
            }
        }
        dictionary.normaliseAtomInPlace(k);
        state.resetAtom(k, shape);
    }
}
