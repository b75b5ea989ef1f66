package org.silhouettes.core.update;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.AlternatingStatistics;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.SparseProducts;

/**
 * {@link UpdateRule#ALTERNATING}: online dictionary learning (Mairal et al. 2009, Algorithms 1 and 2) with the codes of the
 * unrolled encoder. Updates the sufficient statistics A ← βA + xᵀx/count, B ← βB + xᵀy/count, see {@link Forgetting}, then
 * sweeps once over the atoms j with A_jj ≥ 1e-10, in order and in place:
 *
 * <pre>
 *   w_j ← normalise(w_j + (b_j − a_j W) / A_jj)
 * </pre>
 *
 * <p>Atoms are projected to the unit sphere, as in the method's reference, not to the unit ball as in the paper. The sweep
 * processes blocks of atoms: b_j − a_j W of a block is one product, which is then corrected for each atom that changes. The
 * result equals that of the sweep atom by atom except for rounding.
 *
 * <p>A and B are the {@link AlternatingStatistics} of the model's state.
 */
final class AlternatingUpdate implements DictionaryUpdate {

    private static final Kernels KERNELS = Kernels.best();
    private static final float MIN_USAGE = 1e-10f;

    private final DictionaryShape shape;
    private final Forgetting forgetting;
    /** W, [atoms, values], packed again block by block. */
    private final PackedMatrix packed;

    /** Atoms per block: the fewest that multiply at full speed, because corrections within a block are sequential. */
    private final int block;

    private final SparseProducts productsOfA;
    private final SparseProducts productsOfB;
    /** The atoms before the sweep, [atoms, values]. */
    private final float[] before;
    /** b_j − a_j W of a block's atoms, [block, values]. */
    private final float[] remainders;

    private final float[] change;

    AlternatingUpdate(DictionaryShape shape, UpdateSettings settings, Kernels kernels, int capacity) {
        int k = shape.atoms();
        int m = shape.values();
        this.shape = shape;
        this.forgetting = new Forgetting(shape, settings);
        this.packed = kernels.packedMatrix(k, m);
        this.block = Math.min(packed.fastRows(), k);
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
        packed.use(atoms, 0, k);
        for (int first = 0; first < k; first += block) {
            int size = Math.min(block, k - first);
            packed.multiply(stateA, first * k, size, remainders);
            KERNELS.combine(-1, remainders, 0, 1, stateB, first * m, remainders, 0, size * m);
            System.arraycopy(atoms, first * m, before, first * m, size * m);
            for (int i = 0; i < size; i++) {
                if (!sweepAtom(atoms, stateA, first, i, size)) {
                    System.arraycopy(before, 0, atoms, 0, (first + size) * m);
                    return false;
                }
            }
            packed.use(atoms, first, size);
        }
        return true;
    }

    /**
     * Updates one atom.
     *
     * @param i index of the atom in its block, whose first atom is {@code first}
     * @return false if the atom would not be finite
     */
    private boolean sweepAtom(float[] atoms, float[] stateA, int first, int i, int size) {
        int j = first + i;
        int k = shape.atoms();
        int m = change.length;
        float usage = stateA[j * k + j];
        if (!(usage >= MIN_USAGE)) {
            return true;
        }
        int at = j * m;
        KERNELS.combine(1, atoms, at, 1 / usage, remainders, i * m, atoms, at, m);
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
        packed.close();
        productsOfA.close();
        productsOfB.close();
    }
}
