package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * {@link UpdateRule#ALTERNATING}: online dictionary learning (Mairal et al. 2009, Algorithms 1 and 2) on the unrolled
 * encoder's codes. Sufficient statistics A ← βA + xᵀx/count, B ← βB + xᵀy/count, then one sweep over the atoms j with
 * A_jj ≥ 1e-10, each seeing the atoms before it as they have become:
 *
 * <pre>
 *   w_j ← normalise(w_j + (b_j − a_j W) / A_jj)
 * </pre>
 *
 * <p>Their unit-ball projection is a unit sphere here, as in the method's reference. A and B are the arrays
 * {@code alternating.a} [atoms, atoms] and {@code alternating.b} [atoms, values] of the model's state.
 */
final class AlternatingUpdate implements DictionaryUpdate {

    private static final float SMALLEST_USE = 1e-10f;

    private final DictionaryShape shape;
    private final UpdateSettings settings;
    private final Matrix codeMatrix;
    private final Matrix imageMatrix;
    private final Matrix a;
    private final Matrix b;
    private final float[] atoms;
    private final float[] atom;

    AlternatingUpdate(DictionaryShape shape, UpdateSettings settings, int capacity) {
        this.shape = shape;
        this.settings = settings;
        this.codeMatrix = new Matrix(capacity, shape.atoms());
        this.imageMatrix = new Matrix(capacity, shape.values());
        this.a = new Matrix(shape.atoms(), shape.atoms());
        this.b = new Matrix(shape.atoms(), shape.values());
        this.atoms = new float[shape.size()];
        this.atom = new float[shape.values()];
    }

    @Override
    public boolean apply(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch codes) {
        if (!Finite.all(images, count * shape.values()) || !Finite.all(codes.codes(), count * shape.atoms())) {
            return false;
        }
        float[] stateA = state.array("alternating.a", shape.atoms() * shape.atoms());
        float[] stateB = state.array("alternating.b", shape.size());
        accumulate(state.steps() + 1, stateA, stateB, images, count, codes);
        System.arraycopy(dictionary.atoms(), 0, atoms, 0, atoms.length);
        sweep(stateA, stateB);
        if (!Finite.all(atoms)) {
            return false;
        }
        System.arraycopy(atoms, 0, dictionary.atoms(), 0, atoms.length);
        return true;
    }

    private void accumulate(long t, float[] stateA, float[] stateB, float[] images, int count, CodeBatch codes) {
        int k = shape.atoms();
        float beta = (float) Forgetting.factor(settings, t);
        codeMatrix.put(0, codes.codes(), 0, count * k);
        imageMatrix.put(0, images, 0, count * shape.values());
        a.put(0, stateA, 0, stateA.length);
        b.put(0, stateB, 0, stateB.length);
        float weight = (float) (1.0 / count);
        Blas.transposedMultiply(k, k, count, weight, codeMatrix, codeMatrix, beta, a);
        Blas.transposedMultiply(k, shape.values(), count, weight, codeMatrix, imageMatrix, beta, b);
        a.get(0, stateA, 0, stateA.length);
        b.get(0, stateB, 0, stateB.length);
    }

    private void sweep(float[] stateA, float[] stateB) {
        int k = shape.atoms();
        int m = shape.values();
        for (int j = 0; j < k; j++) {
            float use = stateA[j * k + j];
            if (use < SMALLEST_USE) {
                continue;
            }
            System.arraycopy(stateB, j * m, atom, 0, m);
            for (int i = 0; i < k; i++) {
                float weight = stateA[j * k + i];
                if (weight != 0) {
                    for (int p = 0; p < m; p++) {
                        atom[p] -= weight * atoms[i * m + p];
                    }
                }
            }
            double squares = 0;
            for (int p = 0; p < m; p++) {
                atom[p] = atoms[j * m + p] + atom[p] / use;
                squares += (double) atom[p] * atom[p];
            }
            if (Math.sqrt(squares) > 1e-12) {
                float scale = (float) (1 / Math.sqrt(squares));
                for (int p = 0; p < m; p++) {
                    atoms[j * m + p] = atom[p] * scale;
                }
            }
        }
    }

    @Override
    public void close() {
        codeMatrix.close();
        imageMatrix.close();
        a.close();
        b.close();
    }
}
