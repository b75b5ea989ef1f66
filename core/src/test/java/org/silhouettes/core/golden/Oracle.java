package org.silhouettes.core.golden;

import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.Unrolling;

/**
 * The method once more, in double precision and plain loops, written from the formulas and from nothing that it checks:
 * everything as {@code double[rows][columns]}.
 */
public final class Oracle {

    private Oracle() {}

    /** Forward pass: u, z and x of every layer. */
    public record Encoding(double[][][] u, double[][][] z, double[][][] x, double[] momentum) {
        public double[][] codes() {
            return x[x.length - 1];
        }
    }

    public static Encoding encode(double[][] w, double[][] y, int groupSize, EncoderSettings settings) {
        double tau = settings.step();
        double threshold = settings.lambda() * tau;
        int layers = settings.layers();
        double[][] gram = times(w, transposed(w));
        double[][] c = times(y, transposed(w));
        Encoding out = new Encoding(
                new double[layers][][], new double[layers][][], new double[layers][][], new double[layers]);
        double[][] x = new double[y.length][w.length];
        double[][] z = x;
        double t = 1;
        for (int k = 0; k < layers; k++) {
            double[][] u = plus(z, -tau, plus(times(z, gram), -1, c));
            double[][] next = shrink(u, groupSize, threshold, settings.shrinkage());
            double tNext = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            double momentum = settings.unrolling() == Unrolling.FISTA ? (t - 1) / tNext : 0;
            out.u[k] = u;
            out.z[k] = z;
            out.x[k] = next;
            out.momentum[k] = momentum;
            z = plus(next, momentum, plus(next, -1, x));
            x = next;
            t = tNext;
        }
        return out;
    }

    /** Gradient of the mean squared error at W through decoder and layers. */
    public static double[][] gradient(double[][] w, double[][] y, int groupSize, EncoderSettings settings) {
        double tau = settings.step();
        double threshold = settings.lambda() * tau;
        Encoding e = encode(w, y, groupSize, settings);
        double[][] gram = times(w, transposed(w));
        double[][] dr = scaled(2.0 / (y.length * w[0].length), plus(times(e.codes(), w), -1, y));
        double[][] dw = times(transposed(e.codes()), dr);
        double[][] dx = times(dr, transposed(w));
        double[][] dGram = new double[w.length][w.length];
        double[][] dc = new double[y.length][w.length];
        double[][] dz = new double[y.length][w.length];
        for (int k = settings.layers() - 1; k >= 0; k--) {
            double[][] dxk = plus(dx, 1 + e.momentum[k], dz);
            double[][] du = shrinkBackward(e.u[k], dxk, groupSize, threshold, settings.shrinkage());
            dGram = plus(dGram, -tau, times(transposed(e.z[k]), du));
            dc = plus(dc, tau, du);
            dx = scaled(-e.momentum[k], dz);
            dz = plus(du, -tau, times(du, gram));
        }
        return plus(plus(dw, 1, times(plus(dGram, 1, transposed(dGram)), w)), 1, times(transposed(dc), y));
    }

    /** Gradient with the codes held fixed. */
    public static double[][] decoderGradient(double[][] w, double[][] y, double[][] x) {
        return scaled(2.0 / (y.length * w[0].length), times(transposed(x), plus(times(x, w), -1, y)));
    }

    private static double[][] shrink(double[][] u, int groupSize, double threshold, Shrinkage kind) {
        double[][] x = new double[u.length][u[0].length];
        for (int b = 0; b < u.length; b++) {
            for (int at = 0; at < u[0].length; at += groupSize) {
                double norm = normOf(u[b], at, groupSize, kind);
                for (int i = at; i < at + groupSize && norm > threshold; i++) {
                    x[b][i] = (1 - threshold / norm) * scaledPart(u[b][i], kind);
                }
            }
        }
        return x;
    }

    private static double[][] shrinkBackward(
            double[][] u, double[][] dx, int groupSize, double threshold, Shrinkage kind) {
        double[][] du = new double[u.length][u[0].length];
        for (int b = 0; b < u.length; b++) {
            for (int at = 0; at < u[0].length; at += groupSize) {
                double norm = normOf(u[b], at, groupSize, kind);
                if (!(norm > threshold)) {
                    continue;
                }
                double along = 0;
                for (int i = at; i < at + groupSize; i++) {
                    along += dx[b][i] * scaledPart(u[b][i], kind);
                }
                for (int i = at; i < at + groupSize; i++) {
                    boolean passes = kind == Shrinkage.TWO_SIDED || u[b][i] > 0;
                    du[b][i] = (passes ? (1 - threshold / norm) * dx[b][i] : 0)
                            + along * threshold / Math.pow(norm, 3) * normedPart(u[b][i], kind);
                }
            }
        }
        return du;
    }

    private static double normOf(double[] u, int at, int groupSize, Shrinkage kind) {
        double squares = 0;
        for (int i = at; i < at + groupSize; i++) {
            squares += Math.pow(normedPart(u[i], kind), 2);
        }
        return Math.sqrt(squares);
    }

    private static double normedPart(double u, Shrinkage kind) {
        return kind == Shrinkage.ONE_SIDED_EXACT ? Math.max(u, 0) : u;
    }

    private static double scaledPart(double u, Shrinkage kind) {
        return kind == Shrinkage.TWO_SIDED ? u : Math.max(u, 0);
    }

    /** Objective of eq. 6 of each image. */
    public static double[] objective(double[][] w, double[][] y, double[][] x, int groupSize, double lambda) {
        double[][] residual = plus(times(x, w), -1, y);
        double[] out = new double[y.length];
        for (int b = 0; b < y.length; b++) {
            for (double r : residual[b]) {
                out[b] += r * r / 2;
            }
            for (int at = 0; at < w.length; at += groupSize) {
                out[b] += lambda * normOf(x[b], at, groupSize, Shrinkage.TWO_SIDED);
            }
        }
        return out;
    }

    /** Adam's moments. */
    public static final class Adam {
        private final double rate;
        private double[][] first;
        private double[][] second;
        private int t;

        public Adam(double rate) {
            this.rate = rate;
        }

        public double[][] step(double[][] w, double[][] gradient) {
            t++;
            first = first == null ? scaled(0.1, gradient) : plus(scaled(0.9, first), 0.1, gradient);
            double[][] squares = map(gradient, g -> g * g);
            second = second == null ? scaled(0.001, squares) : plus(scaled(0.999, second), 0.001, squares);
            double[][] out = new double[w.length][w[0].length];
            for (int k = 0; k < w.length; k++) {
                for (int i = 0; i < w[0].length; i++) {
                    double m = first[k][i] / (1 - Math.pow(0.9, t));
                    double v = second[k][i] / (1 - Math.pow(0.999, t));
                    out[k][i] = w[k][i] - rate * m / (Math.sqrt(v) + 1e-8);
                }
            }
            return out;
        }
    }

    /** A ← βA + xᵀx/count, or B where y is the second. */
    public static double[][] statistics(double[][] before, double beta, double[][] x, double[][] y) {
        return plus(scaled(beta, before), 1.0 / x.length, times(transposed(x), y));
    }

    /** One sweep of the alternating update over the atoms in order. */
    public static double[][] sweep(double[][] w, double[][] a, double[][] b) {
        double[][] out = map(w, v -> v);
        for (int j = 0; j < w.length; j++) {
            if (a[j][j] < 1e-10) {
                continue;
            }
            double[] atom = new double[w[0].length];
            double squares = 0;
            for (int p = 0; p < atom.length; p++) {
                double sum = b[j][p];
                for (int i = 0; i < w.length; i++) {
                    sum -= a[j][i] * out[i][p];
                }
                atom[p] = out[j][p] + sum / a[j][j];
                squares += atom[p] * atom[p];
            }
            for (int p = 0; p < atom.length && squares > 1e-24; p++) {
                out[j][p] = atom[p] / Math.sqrt(squares);
            }
        }
        return out;
    }

    public static double[][] normalised(double[][] w) {
        double[][] out = map(w, v -> v);
        for (double[] row : out) {
            double squares = 0;
            for (double v : row) {
                squares += v * v;
            }
            for (int i = 0; i < row.length && squares > 0; i++) {
                row[i] /= Math.sqrt(squares);
            }
        }
        return out;
    }

    public static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int l = 0; l < b.length; l++) {
                for (int j = 0; j < b[0].length; j++) {
                    out[i][j] += a[i][l] * b[l][j];
                }
            }
        }
        return out;
    }

    public static double[][] transposed(double[][] a) {
        double[][] out = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                out[j][i] = a[i][j];
            }
        }
        return out;
    }

    /** a + scale · b. */
    public static double[][] plus(double[][] a, double scale, double[][] b) {
        double[][] out = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                out[i][j] = a[i][j] + scale * b[i][j];
            }
        }
        return out;
    }

    private static double[][] scaled(double scale, double[][] a) {
        return map(a, v -> scale * v);
    }

    private static double[][] map(double[][] a, java.util.function.DoubleUnaryOperator f) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = java.util.Arrays.stream(a[i]).map(f).toArray();
        }
        return out;
    }

    /** Rows of an array in C order. */
    public static double[][] rows(double[] values, int columns) {
        double[][] out = new double[values.length / columns][];
        for (int i = 0; i < out.length; i++) {
            out[i] = java.util.Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return out;
    }

    /** Rows of a float array in C order. */
    public static double[][] rows(float[] values, int columns) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return rows(wide, columns);
    }

    /** The float32 values in C order. */
    public static float[] floats(double[][] a) {
        float[] out = new float[a.length * a[0].length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) a[i / a[0].length][i % a[0].length];
        }
        return out;
    }
}
