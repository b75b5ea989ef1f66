package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;

/**
 * Computes zG − c of several images, for group-sparse z and in the required groups only. Blocks G_hg of {@link
 * RowAccumulator#PRODUCT_BLOCK} columns are multiplied with all images that have z_h and require g. Otherwise, weighted rows of G
 * are summed for one image after another.
 */
final class StateProducts {

    private final int groups;
    private final int groupSize;
    private final int atoms;
    private final boolean blocks;
    private final SparseVector support;
    private final int[] requiredGroups;
    /** Images that have z_h, [groups, images], and their numbers. */
    private final int[] having;

    private final int[] counts;
    /** Offsets of the codes of images that have z_h and require g. */
    private final int[] pair;

    private final int images;

    /** @param images maximum number of images at a time */
    StateProducts(DictionaryShape shape, int images) {
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.atoms = shape.atoms();
        this.blocks = Gram.hasBlocks(shape);
        this.images = images;
        this.support = new SparseVector(atoms);
        this.requiredGroups = new int[groups];
        this.having = new int[Math.multiplyExact(groups, images)];
        this.counts = new int[groups];
        this.pair = new int[images + 1];
    }

    /**
     * r ← zG − c in the required groups.
     *
     * @param z [count, atoms]
     * @param state nonzero groups of z
     * @param required groups to compute
     * @param flags by number: required groups have {@code mask}
     * @param negated −c, [count, atoms] from {@code from} on
     * @param r [count, atoms], written in the required groups
     */
    void residuals(
            RowAccumulator gram,
            float[] z,
            GroupList state,
            GroupList required,
            byte[] flags,
            int mask,
            float[] negated,
            int from,
            int count,
            float[] r) {
        if (blocks && groupSize == RowAccumulator.PRODUCT_BLOCK) {
            start(required, negated, from, r);
            addBlocks(gram, z, state, flags, mask, r);
        } else {
            addRows(gram, z, state, required, negated, from, count, r);
        }
    }

    private void start(GroupList required, float[] negated, int from, float[] r) {
        for (int i = 0; i < required.count; i++) {
            int at = required.number[i] * groupSize;
            System.arraycopy(negated, from + at, r, at, groupSize);
        }
    }

    private void addBlocks(RowAccumulator gram, float[] z, GroupList state, byte[] flags, int mask, float[] r) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < state.count; i++) {
            int image = state.number[i] / groups;
            int h = state.number[i] - image * groups;
            having[h * images + counts[h]++] = image;
        }
        for (int h = 0; h < groups; h++) {
            if (counts[h] == 0) {
                continue;
            }
            for (int g = 0; g < groups; g++) {
                int n = 0;
                for (int i = h * images; i < h * images + counts[h]; i++) {
                    int image = having[i];
                    pair[n] = image * atoms;
                    n += -(flags[image * groups + g] & mask) >>> 31;
                }
                if (n > 0) {
                    gram.addBlock(h, g, z, pair, n, r);
                }
            }
        }
    }

    private void addRows(
            RowAccumulator gram,
            float[] z,
            GroupList state,
            GroupList required,
            float[] negated,
            int from,
            int count,
            float[] r) {
        int s = 0;
        int w = 0;
        for (int b = 0; b < count; b++) {
            int stateEnd = state.end(s, b, groups);
            support.clear();
            for (; s < stateEnd; s++) {
                int at = state.number[s] * groupSize;
                support.add(at - b * atoms, z, at, groupSize);
            }
            int requiredEnd = required.end(w, b, groups);
            int n = 0;
            for (; w < requiredEnd; w++) {
                requiredGroups[n++] = required.number[w] - b * groups;
            }
            if (blocks) {
                gram.sumBlocks(support, 1, requiredGroups, n, negated, from + b * atoms, r, b * atoms);
            } else {
                gram.sum(support, 1, negated, from + b * atoms, r, b * atoms);
            }
        }
    }
}
