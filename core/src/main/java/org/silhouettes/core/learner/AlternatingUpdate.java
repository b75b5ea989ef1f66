package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Kernels;
import org.silhouettes.core.linalg.Matrix;
import org.silhouettes.core.linalg.SparseProducts;

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
 * <p>A and B are the arrays {@code alternating.a} [atoms, atoms] and {@code alternating.b} [atoms, values] of the model's
 * state.
 */
final class AlternatingUpdate implements DictionaryUpdate {

    private static final Kernels KERNELS = Kernels.best();
    private static final float SMALLEST_USE = 1e-10f;
    private static final int BLOCK = 32;

    private final DictionaryShape shape;
    private final Forgetting forgetting;
    private final Matrix a;
    private final Matrix b;
    private final Matrix w;
    private final Matrix block;
    private final Matrix.Part allW;
    private final Matrix.Part allBlock;
    private final Matrix.Part[] blocksOfA;
    private final SparseProducts productsOfA;
    private final SparseProducts productsOfB;
    private final float[][] remainders;
    private final float[][] atoms;
    private final float[] change;

    AlternatingUpdate(DictionaryShape shape, UpdateSettings settings, int capacity) {
        int k = shape.atoms();
        int m = shape.values();
        this.shape = shape;
        this.forgetting = new Forgetting(shape, settings);
        this.a = new Matrix(k, k);
        this.b = new Matrix(k, m);
        this.w = new Matrix(k, m);
        this.block = new Matrix(BLOCK, m);
        this.allW = w.all();
        this.allBlock = block.all();
        this.blocksOfA = new Matrix.Part[(k + BLOCK - 1) / BLOCK];
        for (int i = 0; i < blocksOfA.length; i++) {
            blocksOfA[i] = a.part(i * BLOCK, 0);
        }
        this.productsOfA = new SparseProducts(k, shape.groupSize(), k, capacity, a);
        this.productsOfB = new SparseProducts(k, shape.groupSize(), m, capacity, b);
        this.remainders = new float[BLOCK][m];
        this.atoms = new float[k][m];
        this.change = new float[m];
    }

    @Override
    public boolean apply(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch codes) {
        if (!Finite.all(images, count * shape.values()) || !Finite.all(codes.codes(), count * shape.atoms())) {
            return false;
        }
        float[] stateA = state.array("alternating.a", Math.multiplyExact(shape.atoms(), shape.atoms()));
        float[] stateB = state.array("alternating.b", shape.size());
        forgetting.fade(state.steps() + 1, stateA, stateB, codes);
        accumulate(stateA, stateB, images, count, codes);
        sweep(dictionary, stateA, stateB);
        return store(dictionary);
    }

    private void accumulate(float[] stateA, float[] stateB, float[] images, int count, CodeBatch codes) {
        float weight = (float) (1.0 / count);
        a.put(0, stateA, 0, stateA.length);
        b.put(0, stateB, 0, stateB.length);
        productsOfA.transposedMultiply(codes.codes(), codes.codes(), count, weight, 1);
        productsOfB.transposedMultiply(codes.codes(), images, count, weight, 1);
        a.get(0, stateA, 0, stateA.length);
        b.get(0, stateB, 0, stateB.length);
    }

    private void sweep(Dictionary dictionary, float[] stateA, float[] stateB) {
        int k = shape.atoms();
        int m = shape.values();
        w.put(0, dictionary.atoms(), 0, shape.size());
        for (int j = 0; j < k; j++) {
            System.arraycopy(dictionary.atoms(), j * m, atoms[j], 0, m);
        }
        for (int first = 0; first < k; first += BLOCK) {
            int size = Math.min(BLOCK, k - first);
            block.put(0, stateB, first * m, size * m);
            Blas.multiply(size, m, k, -1, blocksOfA[first / BLOCK], allW, 1, allBlock);
            for (int i = 0; i < size; i++) {
                block.get(i * m, remainders[i], 0, m);
            }
            for (int i = 0; i < size; i++) {
                sweepAtom(stateA, first, i, size);
            }
        }
    }

    /** @param i the atom's place in its block, whose first atom is {@code first} */
    private void sweepAtom(float[] stateA, int first, int i, int size) {
        int j = first + i;
        int k = shape.atoms();
        float use = stateA[j * k + j];
        if (!(use >= SMALLEST_USE)) {
            return;
        }
        float[] atom = atoms[j];
        System.arraycopy(atom, 0, change, 0, change.length);
        KERNELS.combine(1, atom, 0, 1 / use, remainders[i], 0, atom, 0, atom.length);
        float norm = (float) Math.sqrt(KERNELS.squares(atom, 0, atom.length));
        if (!(norm > 1e-12f)) {
            System.arraycopy(change, 0, atom, 0, change.length);
            return;
        }
        scaleAndCompare(atom, 1 / norm, change);
        w.put(j * change.length, atom, 0, change.length);
        for (int later = i + 1; later < size; later++) {
            float[] rest = remainders[later];
            KERNELS.combine(1, rest, 0, -stateA[(first + later) * k + j], change, 0, rest, 0, rest.length);
        }
    }

    /** atom ← scale · atom; change ← atom − change. */
    private static void scaleAndCompare(float[] atom, float scale, float[] change) {
        for (int p = 0; p < change.length; p++) {
            float next = scale * atom[p];
            atom[p] = next;
            change[p] = next - change[p];
        }
    }

    private boolean store(Dictionary dictionary) {
        for (float[] atom : atoms) {
            if (!Finite.all(atom)) {
                return false;
            }
        }
        int m = shape.values();
        for (int j = 0; j < atoms.length; j++) {
            System.arraycopy(atoms[j], 0, dictionary.atoms(), j * m, m);
        }
        return true;
    }

    @Override
    public void close() {
        a.close();
        b.close();
        w.close();
        block.close();
        productsOfA.close();
        productsOfB.close();
    }
}
