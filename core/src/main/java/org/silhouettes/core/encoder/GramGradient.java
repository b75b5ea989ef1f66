package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * The symmetric matrix S + Sᵀ with S = Σ zᵀ d over all layers of all images, where z and d are zero but in a few groups:
 * for each pair of groups (g, h) the rows in which z_g and d_h are both there are gathered and multiplied. Groups too small
 * for that, or too many at once, are multiplied whole. Not thread-safe.
 */
final class GramGradient implements AutoCloseable {

    private static final int SMALLEST_GROUP = 16;
    private static final int PAIR_ROWS = 32;
    private static final int WHOLE_ROWS = 128;
    private static final int TILE = 32;

    private final int groups;
    private final int groupSize;
    private final int atoms;
    private final Matrix sum;
    private final Matrix.Part allSum;
    private final Matrix.Part[] blocks;
    private final Matrix left;
    private final Matrix right;
    private final Matrix.Part allLeft;
    private final Matrix.Part allRight;
    private final Matrix pairLeft;
    private final Matrix pairRight;
    private final Matrix.Part allPairLeft;
    private final Matrix.Part allPairRight;
    private final boolean pairs;
    private final float[] leftRows;
    private final float[] rightRows;
    private final int[] counts;
    private final float[] values;
    private final float[] code;

    GramGradient(DictionaryShape shape) {
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.atoms = shape.atoms();
        this.pairs = groupSize >= SMALLEST_GROUP && groups > 1;
        this.sum = new Matrix(atoms, atoms);
        this.allSum = sum.all();
        this.left = new Matrix(WHOLE_ROWS, atoms);
        this.right = new Matrix(WHOLE_ROWS, atoms);
        this.allLeft = left.all();
        this.allRight = right.all();
        this.pairLeft = new Matrix(PAIR_ROWS, groupSize);
        this.pairRight = new Matrix(PAIR_ROWS, groupSize);
        this.allPairLeft = pairLeft.all();
        this.allPairRight = pairRight.all();
        int pairCount = pairs ? Math.multiplyExact(groups, groups) : 0;
        this.blocks = new Matrix.Part[pairCount];
        for (int pair = 0; pair < pairCount; pair++) {
            blocks[pair] = sum.part(pair / groups * groupSize, pair % groups * groupSize);
        }
        int rows =
                Math.max(Math.multiplyExact(WHOLE_ROWS, atoms), Math.multiplyExact(pairCount, PAIR_ROWS * groupSize));
        this.leftRows = new float[rows];
        this.rightRows = new float[rows];
        this.counts = new int[Math.max(pairCount, 1)];
        this.values = new float[Math.multiplyExact(atoms, atoms)];
        this.code = new float[groupSize];
    }

    /**
     * Σ over the trace of zᵀ·(−τ du), plus weight · xᵀx, plus the transpose of all that.
     *
     * @param codes x, [images, atoms]
     * @return the sum, [atoms, atoms], until the next call
     */
    Matrix.Part sum(Trace trace, float[] codes, int images, float weight) {
        Arrays.fill(values, 0);
        sum.put(0, values, 0, values.length);
        Arrays.fill(counts, 0);
        if (pairs && pairsAreCheaper(trace)) {
            addPairs(trace, codes, images, weight);
        } else {
            addWhole(trace, codes, images, weight);
        }
        symmetrise();
        return allSum;
    }

    /** Small products run at about half the speed of large ones. */
    private boolean pairsAreCheaper(Trace trace) {
        long rows = 0;
        for (int e = 0; e < trace.entries(); e++) {
            rows += (long) (trace.onBegin[e + 1] - trace.onBegin[e]) * (trace.stateBegin[e + 1] - trace.stateBegin[e]);
        }
        return 2 * rows < (long) trace.entries() * groups * groups;
    }

    private void addPairs(Trace trace, float[] codes, int images, float weight) {
        for (int e = 0; e < trace.entries(); e++) {
            for (int z = trace.stateBegin[e]; z < trace.stateBegin[e + 1]; z++) {
                for (int d = trace.onBegin[e]; d < trace.onBegin[e + 1]; d++) {
                    addPair(trace.stateGroup[z], trace.state, z * groupSize, trace.onGroup[d], trace.on, d * groupSize);
                }
            }
        }
        for (int b = 0; b < images; b++) {
            int last = (b + 1) * trace.layers - 1;
            for (int d = trace.onBegin[last]; d < trace.onBegin[last + 1]; d++) {
                int h = trace.onGroup[d];
                int at = b * atoms + h * groupSize;
                for (int i = 0; i < groupSize; i++) {
                    code[i] = weight * codes[at + i];
                }
                for (int z = trace.onBegin[last]; z < trace.onBegin[last + 1]; z++) {
                    int g = trace.onGroup[z];
                    addPair(g, codes, b * atoms + g * groupSize, h, code, 0);
                }
            }
        }
        for (int pair = 0; pair < counts.length; pair++) {
            multiplyPair(pair);
        }
    }

    private void addPair(int g, float[] z, int zFrom, int h, float[] d, int dFrom) {
        int pair = g * groups + h;
        int to = (pair * PAIR_ROWS + counts[pair]) * groupSize;
        System.arraycopy(z, zFrom, leftRows, to, groupSize);
        System.arraycopy(d, dFrom, rightRows, to, groupSize);
        if (++counts[pair] == PAIR_ROWS) {
            multiplyPair(pair);
        }
    }

    private void multiplyPair(int pair) {
        int rows = counts[pair];
        if (rows == 0) {
            return;
        }
        int from = pair * PAIR_ROWS * groupSize;
        pairLeft.put(0, leftRows, from, rows * groupSize);
        pairRight.put(0, rightRows, from, rows * groupSize);
        Blas.transposedMultiply(groupSize, groupSize, rows, 1, allPairLeft, allPairRight, 1, blocks[pair]);
        counts[pair] = 0;
    }

    private void addWhole(Trace trace, float[] codes, int images, float weight) {
        for (int e = 0; e < trace.entries(); e++) {
            int to = wholeRow();
            for (int z = trace.stateBegin[e]; z < trace.stateBegin[e + 1]; z++) {
                System.arraycopy(trace.state, z * groupSize, leftRows, to + trace.stateGroup[z] * groupSize, groupSize);
            }
            for (int d = trace.onBegin[e]; d < trace.onBegin[e + 1]; d++) {
                System.arraycopy(trace.on, d * groupSize, rightRows, to + trace.onGroup[d] * groupSize, groupSize);
            }
        }
        for (int b = 0; b < images; b++) {
            int to = wholeRow();
            for (int i = 0; i < atoms; i++) {
                leftRows[to + i] = codes[b * atoms + i];
                rightRows[to + i] = weight * codes[b * atoms + i];
            }
        }
        multiplyWhole();
    }

    /** Where the next row starts, which is all zeros. */
    private int wholeRow() {
        if (counts[0] == WHOLE_ROWS) {
            multiplyWhole();
        }
        int to = counts[0]++ * atoms;
        Arrays.fill(leftRows, to, to + atoms, 0);
        Arrays.fill(rightRows, to, to + atoms, 0);
        return to;
    }

    private void multiplyWhole() {
        int rows = counts[0];
        left.put(0, leftRows, 0, rows * atoms);
        right.put(0, rightRows, 0, rows * atoms);
        Blas.transposedMultiply(atoms, atoms, rows, 1, allLeft, allRight, 1, allSum);
        counts[0] = 0;
    }

    private void symmetrise() {
        sum.get(0, values, 0, values.length);
        for (int top = 0; top < atoms; top += TILE) {
            for (int from = 0; from <= top; from += TILE) {
                for (int i = top; i < Math.min(top + TILE, atoms); i++) {
                    for (int j = from; j < Math.min(from + TILE, i + 1); j++) {
                        float both = values[i * atoms + j] + values[j * atoms + i];
                        values[i * atoms + j] = both;
                        values[j * atoms + i] = both;
                    }
                }
            }
        }
        sum.put(0, values, 0, values.length);
    }

    @Override
    public void close() {
        sum.close();
        left.close();
        right.close();
        pairLeft.close();
        pairRight.close();
    }
}
