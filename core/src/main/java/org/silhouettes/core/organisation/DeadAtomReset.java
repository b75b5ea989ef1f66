package org.silhouettes.core.organisation;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.state.UsageCounters;

/**
 * Re-initialises atoms and groups that no image uses. An atom that was unused for the configured number of updates becomes
 * the image with the largest error among those images of the mini-batch whose strongest group is the atom's. A group whose
 * atoms are all unused is re-initialised from the images with the largest errors. What the update remembers of a reset atom
 * is cleared. Idle updates and counts are the {@link UsageCounters} of the model's state.
 */
public final class DeadAtomReset {

    private final DictionaryShape shape;
    private final int after;

    /** @param after updates without use before a reset, 0 for never */
    public DeadAtomReset(DictionaryShape shape, int after) {
        this.shape = shape;
        this.after = after;
    }

    /** Counts the use of atoms by a mini-batch that was learned from, and resets those that were idle too long. */
    public void apply(Encoding encoding, TrainingState state) {
        if (after == 0) {
            return;
        }
        int[] idle = state.usage().idle(shape.atoms());
        boolean any = false;
        for (int k = 0; k < shape.atoms(); k++) {
            idle[k] = used(encoding, k) ? 0 : idle[k] + 1;
            any |= idle[k] >= after;
        }
        if (any) {
            reset(encoding, state, idle);
        }
    }

    private boolean used(Encoding encoding, int atom) {
        for (int at = atom; at < encoding.count() * shape.atoms(); at += shape.atoms()) {
            if (encoding.codes()[at] != 0) {
                return true;
            }
        }
        return false;
    }

    private void reset(Encoding encoding, TrainingState state, int[] idle) {
        int d = shape.groupSize();
        UsageCounters usage = state.usage();
        int[] worstFirst = worstFirst(encoding);
        boolean[] taken = new boolean[encoding.count()];
        for (int g = 0; g < shape.groups(); g++) {
            int group = g;
            if (IntStream.range(g * d, g * d + d).allMatch(k -> idle[k] >= after)) {
                // an image serves one group per update, so that no two groups become equal
                int[] free = IntStream.of(worstFirst).filter(b -> !taken[b]).toArray();
                if (free.length >= Math.min(d, encoding.count() / 2)) {
                    for (int i = 0; i < d; i++) {
                        resetAtom(encoding, state, g * d + i, free, i);
                        taken[free[i % free.length]] = true;
                    }
                    usage.countGroup();
                }
                continue;
            }
            for (int k = g * d; k < g * d + d; k++) {
                if (idle[k] >= after) {
                    int[] own = IntStream.of(worstFirst)
                            .filter(b -> !taken[b] && encoding.strongestGroup(b) == group)
                            .toArray();
                    if (own.length > 0) {
                        resetAtom(encoding, state, k, own, 0);
                        taken[own[0]] = true;
                        usage.countAtom();
                    }
                }
            }
        }
    }

    /** Images with an error above 0, the largest error first. */
    private static int[] worstFirst(Encoding encoding) {
        return IntStream.range(0, encoding.count())
                .filter(b -> encoding.squaredErrors()[b] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(b -> -encoding.squaredErrors()[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Sets atom k to image choice[i], or to the sum of two images if i is beyond the last: no two atoms are equal. */
    private void resetAtom(Encoding encoding, TrainingState state, int k, int[] choice, int i) {
        Dictionary dictionary = encoding.dictionary();
        float[] images = encoding.images();
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
