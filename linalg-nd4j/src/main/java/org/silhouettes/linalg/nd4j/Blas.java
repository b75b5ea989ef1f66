package org.silhouettes.linalg.nd4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasLower;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_ssyrk;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products by the OpenBLAS that ND4J brings, on one thread: the order of every sum is then fixed, and the same
 * inputs give the same bits in every JVM on a machine. The first use loads ND4J, sets the threads and runs
 * {@link BlasSelfTest}, which refuses a library that multiplies wrongly.
 *
 * <p>The calls go to {@code cblas_sgemm} of that library with the addresses of ND4J's arrays, not through ND4J's own
 * {@code gemm}: measured, 0.1 µs a call of its own instead of 15 µs and more, which the small products of a sparse
 * mini-batch ([16, 32]·[32, 32] takes 0.8 µs) would drown in.
 */
public final class Blas {

    private static String fault;
    private static boolean tested;

    static {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        openblas_nolapack.blas_set_num_threads(1);
    }

    private Blas() {}

    /** Loads the library. */
    static void load() {
        // the static initialiser has done it
    }

    /**
     * Loads and tests the library, once a JVM (some 50 ms).
     *
     * @throws IllegalStateException where it multiplies wrongly: says which product, library and remedy
     */
    public static synchronized void requireSound() {
        if (!tested) {
            fault = BlasSelfTest.fault();
            tested = true;
        }
        if (fault != null) {
            throw new IllegalStateException(fault);
        }
    }

    /** C ← α·A·B + β·C with A [m, k], B [k, n], C [m, n]. */
    public static void multiply(
            int m, int n, int k, float alpha, Matrix.Part a, Matrix.Part b, float beta, Matrix.Part c) {
        gemm(CblasNoTrans, CblasNoTrans, m, n, k, alpha, a, b, beta, c);
    }

    /** C ← α·A·Bᵀ + β·C with A [m, k], B [n, k], C [m, n]. */
    public static void multiplyTransposed(
            int m, int n, int k, float alpha, Matrix.Part a, Matrix.Part b, float beta, Matrix.Part c) {
        gemm(CblasNoTrans, CblasTrans, m, n, k, alpha, a, b, beta, c);
    }

    /** C ← α·Aᵀ·B + β·C with A [k, m], B [k, n], C [m, n]. */
    public static void transposedMultiply(
            int m, int n, int k, float alpha, Matrix.Part a, Matrix.Part b, float beta, Matrix.Part c) {
        gemm(CblasTrans, CblasNoTrans, m, n, k, alpha, a, b, beta, c);
    }

    /** Lower triangle with diagonal of C ← A·Aᵀ with A [n, k], C [n, n]; the rest of C stays as it is. */
    public static void lowerGram(int n, int k, Matrix.Part a, Matrix.Part c) {
        cblas_ssyrk(CblasRowMajor, CblasLower, CblasNoTrans, n, k, 1, a.address, a.stride, 0, c.address, c.stride);
    }

    private static void gemm(
            int transA,
            int transB,
            int m,
            int n,
            int k,
            float alpha,
            Matrix.Part a,
            Matrix.Part b,
            float beta,
            Matrix.Part c) {
        cblas_sgemm(
                CblasRowMajor,
                transA,
                transB,
                m,
                n,
                k,
                alpha,
                a.address,
                a.stride,
                b.address,
                b.stride,
                beta,
                c.address,
                c.stride);
    }
}
