package org.silhouettes.core.update;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.AlternatingStatistics;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.SparseProducts;

/**
 * {@link UpdateRule#ALTERNATING}: online dictionary learning (Mairal et al. 2009, Algorithms 1 and 2) on the unrolled
 * encoder's codes. Sufficient statistics A ← βA + xᵀx/count, B ← βB + xᵀy/count (see {@link Forgetting}), then one sweep
 * over the atoms j with A_jj ≥ 1e-10, each seeing the atoms before it as they have become:
 *
 * <pre>
 *   w_j ← normalise(w_j + (b_j − a_j W) / A_jj)
 * </pre>
 *
 * <p>Their unit-ball projection is a unit sphere here, as in the method's reference. The sweep goes in blocks of atoms:
 * b_j − a_j W of a block is one product, and within the block what an atom changes is taken from the others one by one, so
 * that the outcome is that of the sweep atom by atom but for rounding.
 *
 * <p>A and B are the {@link AlternatingStatistics} of the model's state.
 */
final class AlternatingUpdate implements DictionaryUpdate {

    private static final Kernels KERNELS = Kernels.best();
    private static final float SMALLEST_USE = 1e-10f;

    private final DictionaryShape shape;
    private final Forgetting forgetting;
    /** W, [atoms, values], as it becomes. */
    private final PackedMatrix factor;

    /** Atoms of a block: as few as can be multiplied fast, for within it each change is taken from the later ones. */
    private final int block;

    private final SparseProducts productsOfA;
    private final SparseProducts productsOfB;
    /** The atoms that were changed as they were before, [atoms, values]. */
    private final float[] before;
    /** b_j − a_j W of a block's atoms, [block, values]. */
    private final float[] remainders;

    private final float[] change;

    AlternatingUpdate(DictionaryShape shape, UpdateSettings settings, Kernels kernels, int capacity) {
        int k = shape.atoms();
        int m = shape.values();
        this.shape = shape;
        this.forgetting = new Forgetting(shape, settings);
        this.factor = kernels.factor(k, m);
        this.block = Math.min(factor.fastRows(), k);
        this.productsOfA = new SparseProducts(kernels, k, shape.groupSize(), k, capacity);
        this.productsOfB = new SparseProducts(kernels, k, shape.groupSize(), m, capacity);
        this.before = new float[shape.size()];
        this.remainders = new float[Math.multiplyExact(block, m)];
        this.change = new float[m];
    }

    @Override
    public boolean apply(Encoding encoding, TrainingState state, UpdateContext context) {
        AlternatingStatistics statistics = state.alternating();
        statistics.ensure(shape.atoms(), shape.values());
        float[] stateA = statistics.a();
        float[] stateB = statistics.b();
        forgetting.decay(state.steps() + 1, stateA, stateB, encoding);
        accumulate(stateA, stateB, encoding);
        return sweep(encoding.dictionary().atoms(), stateA, stateB);
    }

    private void accumulate(float[] stateA, float[] stateB, Encoding encoding) {
        int count = encoding.count();
        float weight = (float) (1.0 / count);
        productsOfA.add(encoding.codes(), encoding.codes(), count, weight, stateA);
        productsOfB.add(encoding.codes(), encoding.images(), count, weight, stateB);
    }

    private boolean sweep(float[] atoms, float[] stateA, float[] stateB) {
        int k = shape.atoms();
        int m = shape.values();
        factor.use(atoms, 0, k);
        for (int first = 0; first < k; first += block) {
            int size = Math.min(block, k - first);
            factor.multiply(stateA, first * k, size, remainders);
            KERNELS.combine(-1, remainders, 0, 1, stateB, first * m, remainders, 0, size * m);
            System.arraycopy(atoms, first * m, before, first * m, size * m);
            for (int i = 0; i < size; i++) {
                if (!sweepAtom(atoms, stateA, first, i, size)) {
                    System.arraycopy(before, 0, atoms, 0, (first + size) * m);
                    return false;
                }
            }
            factor.use(atoms, first, size);
        }
        return true;
    }

    /**
     * @param i the atom's place in its block, whose first atom is {@code first}
     * @return false where it would not be finite
     */
    private boolean sweepAtom(float[] atoms, float[] stateA, int first, int i, int size) {
        int j = first + i;
        int k = shape.atoms();
        int m = change.length;
        float use = stateA[j * k + j];
        if (!(use >= SMALLEST_USE)) {
            return true;
        }
        int at = j * m;
        KERNELS.combine(1, atoms, at, 1 / use, remainders, i * m, atoms, at, m);
        double norm = Math.sqrt(KERNELS.squares(atoms, at, m));
        if (!Finite.ofNorm(norm)) {
            return false;
        }
        if (norm <= 1e-12) {
            System.arraycopy(before, at, atoms, at, m);
            return true;
        }
        KERNELS.scale(atoms, at, m, (float) (1 / norm));
        KERNELS.combine(1, atoms, at, -1, before, at, change, 0, m);
        for (int later = i + 1; later < size; later++) {
            float weight = -stateA[(first + later) * k + j];
            KERNELS.combine(1, remainders, later * m, weight, change, 0, remainders, later * m, m);
        }
        return true;
    }

    @Override
    public void close() {
        factor.close();
        productsOfA.close();
        productsOfB.close();
    }
}
