package org.silhouettes.linalg;

/** What {@link Kernels} and its products prescribe, written out value by value. */
final class Specification {

    private Specification() {}

    /** A value of a sum, as {@code a · b} to be added. */
    interface Term {
        float a(int i);

        default float b(int i) {
            return a(i);
        }
    }

    /** Sum over n values in 16 lanes, their tree, and the remainder. */
    static float sum(int n, Term term) {
        float[] lanes = new float[16];
        int full = n / 16 * 16;
        for (int i = 0; i < full; i++) {
            lanes[i % 16] = Math.fma(term.a(i), term.b(i), lanes[i % 16]);
        }
        float rest = 0;
        for (int i = full; i < n; i++) {
            rest = Math.fma(term.a(i), term.b(i), rest);
        }
        return tree(lanes, 0, 16) + rest;
    }

    /** Lanes i, i + step, i + 2 step …: those furthest apart are added first. */
    private static float tree(float[] lanes, int first, int count) {
        float[] now = lanes;
        for (int half = count / 2; half > 0; half /= 2) {
            float[] next = new float[half];
            for (int i = 0; i < half; i++) {
                next[i] = now[first + i] + now[first + i + half];
            }
            now = next;
        }
        return now[0];
    }

    static float squares(float[] x, int from, int n) {
        return sum(n, i -> x[from + i]);
    }

    static float rectifiedSquares(float[] x, int from, int n) {
        return sum(n, i -> Math.max(x[from + i], 0));
    }

    static float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int n) {
        return sum(n, i -> x[xFrom + i] - y[yFrom + i]);
    }

    static float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int n) {
        return sum(n, new Term() {
            @Override
            public float a(int i) {
                return x[xFrom + i];
            }

            @Override
            public float b(int i) {
                return Math.max(y[yFrom + i], floor);
            }
        });
    }

    static float dot(float[] x, int xFrom, float[] y, int yFrom, int n) {
        return sum(n, new Term() {
            @Override
            public float a(int i) {
                return x[xFrom + i];
            }

            @Override
            public float b(int i) {
                return y[yFrom + i];
            }
        });
    }

    static float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int n) {
        float[] moved = new float[n];
        for (int i = 0; i < n; i++) {
            float next = Math.fma(b, y[from + i], a * x[from + i]);
            moved[i] = next - z[from + i];
            z[from + i] = next;
        }
        return squares(moved, 0, n);
    }

    static float addScaled(float[] x, float by, float[] y, float[] out, int from, int n) {
        for (int i = from; i < from + n; i++) {
            out[i] = Math.fma(by, y[i], x[i]);
        }
        return squares(out, from, n);
    }

    static void shrinkageGradient(
            float[] x,
            int xFrom,
            float scale,
            float floor,
            float radial,
            float radialFloor,
            float[] y,
            int yFrom,
            int n) {
        for (int i = 0; i < n; i++) {
            float v = y[yFrom + i];
            float through = v > floor ? x[xFrom + i] * scale : 0;
            y[yFrom + i] = Math.fma(Math.max(v, radialFloor), radial, through);
        }
    }

    static float adam(float[] g, int gFrom, float[] x, float[] m, float[] v, int from, int n, AdamStep step) {
        for (int i = from; i < from + n; i++) {
            float gradient = g[gFrom - from + i];
            float restOfFirst = 1 - step.beta1();
            float restOfSecond = 1 - step.beta2();
            m[i] = m[i] * step.beta1() + restOfFirst * gradient;
            v[i] = v[i] * step.beta2() + restOfSecond * gradient * gradient;
            float below = (float) Math.sqrt(v[i]) * step.correction() + step.epsilon();
            x[i] -= m[i] * step.rate() / below;
        }
        return squares(x, from, n);
    }

    /** C ← A·B, a chain over the depth. */
    static void multiply(float[] a, int aFrom, int rows, int depth, float[] b, int columns, float[] c) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float sum = 0;
                for (int k = 0; k < depth; k++) {
                    sum = Math.fma(a[aFrom + i * depth + k], b[k * columns + j], sum);
                }
                c[i * columns + j] = sum;
            }
        }
    }

    /** One value of a sum of outer products. */
    static float outer(float[] x, int[] xAt, int i, float[] y, int[] yAt, int j, int from, int to, float w, float c) {
        float sum = 0;
        for (int p = from; p < to; p++) {
            sum = Math.fma(x[xAt[p] + i], y[yAt[p] + j], sum);
        }
        return Math.fma(sum, w, c);
    }

    /** One value of a weighted sum of rows: those at even and at odd places of the list of weights that are not 0. */
    static float rows(float[] values, int columns, int j, float[] weights, float sign, float start) {
        float even = start;
        float odd = 0;
        int place = 0;
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] == 0) {
                continue;
            }
            if (place++ % 2 == 0) {
                even = Math.fma(sign * weights[k], values[k * columns + j], even);
            } else {
                odd = Math.fma(sign * weights[k], values[k * columns + j], odd);
            }
        }
        return even + odd;
    }
}
