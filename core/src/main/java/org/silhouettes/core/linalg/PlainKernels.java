package org.silhouettes.core.linalg;

/** In plain Java, written so that HotSpot (17) makes vector instructions of what it can. */
final class PlainKernels implements Kernels {

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public RowTable table(int rows, int columns, int block) {
        return new PlainRowTable(rows, columns, block);
    }

    @Override
    public Factor factor(int depth, int columns) {
        return new BlasFactor(depth, columns);
    }

    @Override
    public OuterProducts outerProducts(int xLength, int yLength, int capacity) {
        return new BlasOuterProducts(xLength, yLength, capacity);
    }

    @Override
    public float squares(float[] x, int from, int length) {
        return Lanes.squares(x, from, from + length);
    }

    @Override
    public float rectifiedSquares(float[] x, int from, int length) {
        return Lanes.rectifiedSquares(x, from, from + length);
    }

    @Override
    public void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out) {
        for (int g = 0; g < groups; g++) {
            out[g] = rectified ? rectifiedSquares(x, g * size, size) : squares(x, g * size, size);
        }
    }

    @Override
    public float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length) {
        return extrapolateEach(a, x, b, y, z, from, from + length);
    }

    static float extrapolateEach(float a, float[] x, float b, float[] y, float[] z, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            float next = Math.fma(b, y[i], a * x[i]);
            float moved = next - z[i];
            z[i] = next;
            sum = Math.fma(moved, moved, sum);
        }
        return sum;
    }

    @Override
    public float addScaled(float[] x, float by, float[] y, float[] out, int from, int length) {
        return addScaledEach(x, by, y, out, from, from + length);
    }

    static float addScaledEach(float[] x, float by, float[] y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(by, y[i], x[i]);
        }
        return Lanes.squares(out, from, to);
    }

    @Override
    public float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            float a = x[xFrom + i] - y[yFrom + i];
            float b = x[xFrom + i + 1] - y[yFrom + i + 1];
            float c = x[xFrom + i + 2] - y[yFrom + i + 2];
            float d = x[xFrom + i + 3] - y[yFrom + i + 3];
            s0 = Math.fma(a, a, s0);
            s1 = Math.fma(b, b, s1);
            s2 = Math.fma(c, c, s2);
            s3 = Math.fma(d, d, s3);
        }
        for (; i < length; i++) {
            float a = x[xFrom + i] - y[yFrom + i];
            s0 = Math.fma(a, a, s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public void combine(
            float a, float[] x, int xFrom, float b, float[] y, int yFrom, float[] out, int outFrom, int length) {
        for (int i = 0; i < length; i++) {
            out[outFrom + i] = Math.fma(b, y[yFrom + i], a * x[xFrom + i]);
        }
    }

    @Override
    public void rectify(float[] x, int xFrom, float scale, float floor, float[] out, int outFrom, int length) {
        for (int i = 0; i < length; i++) {
            out[outFrom + i] = scale * Math.max(x[xFrom + i], floor);
        }
    }

    @Override
    public float dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
        return Lanes.dot(x, xFrom, y, yFrom, length);
    }

    @Override
    public float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            sum = Math.fma(x[xFrom + i], Math.max(y[yFrom + i], floor), sum);
        }
        return sum;
    }

    @Override
    public void shrinkageGradient(
            float[] x,
            int xFrom,
            float scale,
            float floor,
            float radial,
            float radialFloor,
            float[] y,
            int yFrom,
            int length) {
        for (int i = 0; i < length; i++) {
            float v = y[yFrom + i];
            float through = v > floor ? scale * x[xFrom + i] : 0;
            y[yFrom + i] = Math.fma(radial, Math.max(v, radialFloor), through);
        }
    }

    @Override
    public float adam(
            float[] gradient, int gradientFrom, float[] x, float[] m, float[] v, int from, int length, AdamStep step) {
        return adamStep(gradient, gradientFrom - from, x, m, v, from, from + length, step);
    }

    static float adamStep(
            float[] gradient, int shift, float[] x, float[] m, float[] v, int from, int to, AdamStep step) {
        float beta1 = step.beta1();
        float beta2 = step.beta2();
        float rate = step.rate();
        float correction = step.correction();
        float epsilon = step.epsilon();
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            float g = gradient[shift + i];
            float first = beta1 * m[i] + rest1 * g;
            float second = beta2 * v[i] + rest2 * g * g;
            m[i] = first;
            v[i] = second;
            x[i] -= rate * first / ((float) Math.sqrt(second) * correction + epsilon);
        }
        return Lanes.squares(x, from, to);
    }

    @Override
    public void scale(float[] x, int from, int length, float by) {
        for (int i = from; i < from + length; i++) {
            x[i] *= by;
        }
    }
}
