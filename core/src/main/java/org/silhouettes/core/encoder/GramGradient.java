package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.OuterProducts;

/**
 * Computes S + Sᵀ with S = Σ zᵀ d over all layers of all images, for group-sparse z and d. For each pair of groups (g, h), the
 * layers in which both z_g and d_h are nonzero are listed and multiplied. With small groups, whole layers are multiplied
 * instead. Not thread-safe.
 */
final class GramGradient implements AutoCloseable {

    private static final int SMALLEST_GROUP = 16;
    private static final int ROWS = 64;
    private static final int TILE = 32;

    private final int groups;
    private final int groupSize;
    private final int atoms;
    private final boolean pairs;
    /** Groups that are multiplied by themselves, or one for all groups. */
    private final int blocks;

    private final int blockSize;
    private final OuterProducts products;
    /** Offsets of z_g and d_h, [blocks, blocks, ROWS]. */
    private final int[] leftAt;

    private final int[] rightAt;
    private final int[] counts;
    private final float[] leftRows;
    private final float[] rightRows;
    private final float[] sum;

    GramGradient(DictionaryShape shape, Kernels kernels) {
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.atoms = shape.atoms();
        this.pairs = groupSize >= SMALLEST_GROUP && groups > 1;
        this.blocks = pairs ? groups : 1;
        this.blockSize = atoms / blocks;
        this.products = kernels.outerProducts(blockSize, blockSize, ROWS);
        this.counts = new int[Math.multiplyExact(blocks, blocks)];
        this.leftAt = new int[Math.multiplyExact(counts.length, ROWS)];
        this.rightAt = new int[leftAt.length];
        this.leftRows = new float[pairs ? 0 : Math.multiplyExact(ROWS, atoms)];
        this.rightRows = new float[leftRows.length];
        this.sum = new float[Math.multiplyExact(atoms, atoms)];
    }

    /**
     * Σ zᵀ·(−τ du) over the tape, plus weight · xᵀx, plus the transpose of both.
     *
     * @param codes x, [images, atoms]
     * @return the sum, [atoms, atoms], valid until the next call
     */
    float[] sum(ForwardTape tape, float[] codes, int images, float weight) {
        Arrays.fill(sum, 0);
        if (pairs) {
            addPairs(tape);
            addPairs(tape, codes, images, weight);
        } else {
            addWhole(tape);
            addWhole(codes, images, weight);
        }
        symmetrise();
        return sum;
    }

    private void addPairs(ForwardTape tape) {
        for (int e = 0; e < tape.entries(); e++) {
            for (int z = tape.stateBegin[e]; z < tape.stateBegin[e + 1]; z++) {
                for (int d = tape.activeBegin[e]; d < tape.activeBegin[e + 1]; d++) {
                    int pair = tape.stateGroup[z] * groups + tape.activeGroup[d];
                    list(pair, z * groupSize, d * groupSize, tape.state, tape.active, 1);
                }
            }
        }
        multiplyAll(tape.state, tape.active, 1);
    }

    private void addPairs(ForwardTape tape, float[] codes, int images, float weight) {
        for (int b = 0; b < images; b++) {
            int last = tape.entry(b, tape.layers - 1);
            for (int d = tape.activeBegin[last]; d < tape.activeBegin[last + 1]; d++) {
                int h = tape.activeGroup[d];
                for (int z = tape.activeBegin[last]; z < tape.activeBegin[last + 1]; z++) {
                    int g = tape.activeGroup[z];
                    int at = b * atoms;
                    list(g * groups + h, at + g * groupSize, at + h * groupSize, codes, codes, weight);
                }
            }
        }
        multiplyAll(codes, codes, weight);
    }

    private void list(int pair, int zAt, int dAt, float[] z, float[] d, float weight) {
        int to = pair * ROWS + counts[pair];
        leftAt[to] = zAt;
        rightAt[to] = dAt;
        if (++counts[pair] == ROWS) {
            multiply(pair, z, d, weight);
        }
    }

    private void multiplyAll(float[] z, float[] d, float weight) {
        for (int pair = 0; pair < counts.length; pair++) {
            multiply(pair, z, d, weight);
        }
    }

    private void multiply(int pair, float[] z, float[] d, float weight) {
        int from = pair * ROWS;
        int at = (pair / blocks * atoms + pair % blocks) * blockSize;
        if (counts[pair] > 0) {
            products.add(z, leftAt, d, rightAt, from, from + counts[pair], weight, sum, at, atoms);
            counts[pair] = 0;
        }
    }

    private void addWhole(ForwardTape tape) {
        for (int e = 0; e < tape.entries(); e++) {
            int to = counts[0] * atoms;
            Arrays.fill(leftRows, to, to + atoms, 0);
            Arrays.fill(rightRows, to, to + atoms, 0);
            for (int z = tape.stateBegin[e]; z < tape.stateBegin[e + 1]; z++) {
                System.arraycopy(tape.state, z * groupSize, leftRows, to + tape.stateGroup[z] * groupSize, groupSize);
            }
            for (int d = tape.activeBegin[e]; d < tape.activeBegin[e + 1]; d++) {
                System.arraycopy(
                        tape.active, d * groupSize, rightRows, to + tape.activeGroup[d] * groupSize, groupSize);
            }
            list(0, to, to, leftRows, rightRows, 1);
        }
        multiplyAll(leftRows, rightRows, 1);
    }

    private void addWhole(float[] codes, int images, float weight) {
        for (int b = 0; b < images; b++) {
            list(0, b * atoms, b * atoms, codes, codes, weight);
        }
        multiplyAll(codes, codes, weight);
    }

    private void symmetrise() {
        for (int top = 0; top < atoms; top += TILE) {
            for (int from = 0; from <= top; from += TILE) {
                for (int i = top; i < Math.min(top + TILE, atoms); i++) {
                    for (int j = from; j < Math.min(from + TILE, i + 1); j++) {
                        float both = sum[i * atoms + j] + sum[j * atoms + i];
                        sum[i * atoms + j] = both;
                        sum[j * atoms + i] = both;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        products.close();
    }
}
