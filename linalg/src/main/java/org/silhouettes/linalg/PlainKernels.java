package org.silhouettes.linalg;

/** In plain Java, for JVMs without {@code jdk.incubator.vector} or without vectors of 8 floats. */
final class PlainKernels implements Kernels {

    @Override
    public String description() {
        return "plain Java";
    }

    @Override
    public RowAccumulator rowAccumulator(int rows, int columns, int block) {
        return new PlainRowAccumulator(rows, columns, block);
    }

    @Override
    public PackedMatrix packedMatrix(int depth, int columns) {
        return new PlainPackedMatrix(depth, columns);
    }

    @Override
    public OuterProducts outerProducts(int xLength, int yLength, int capacity) {
        return new PlainOuterProducts(xLength, yLength);
    }

    @Override
    public float squares(float[] x, int from, int length) {
        return Lanes.squares(x, from, length);
    }

    @Override
    public float rectifiedSquares(float[] x, int from, int length) {
        return Lanes.rectifiedSquares(x, from, length);
    }

    @Override
    public void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out) {
        for (int g = 0; g < groups; g++) {
            out[g] = rectified ? rectifiedSquares(x, g * size, size) : squares(x, g * size, size);
        }
    }

    @Override
    public float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length) {
        float[] lanes = new float[Lanes.COUNT];
        int end = from + Lanes.full(length);
        for (int i = from; i < end; i += Lanes.COUNT) {
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                float next = Math.fma(b, y[i + lane], a * x[i + lane]);
                float moved = next - z[i + lane];
                z[i + lane] = next;
                lanes[lane] = Math.fma(moved, moved, lanes[lane]);
            }
        }
        return Lanes.tree(lanes) + extrapolateRest(a, x, b, y, z, end, from + length);
    }

    static float extrapolateRest(float a, float[] x, float b, float[] y, float[] z, int from, int to) {
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
        for (int i = from; i < from + length; i++) {
            out[i] = Math.fma(by, y[i], x[i]);
        }
        return Lanes.squares(out, from, length);
    }

    static float addScaledRest(float[] x, float by, float[] y, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(by, y[i], x[i]);
        }
        return Lanes.dotOfRest(out, from, out, from, to - from);
    }

    @Override
    public float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        return Lanes.squaredDistance(x, xFrom, y, yFrom, length);
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
        return Lanes.rectifiedDot(x, xFrom, y, yFrom, floor, length);
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
        adamEach(gradient, gradientFrom - from, x, m, v, from, from + length, step);
        return Lanes.squares(x, from, length);
    }

    static void adamEach(
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
            float first = m[i] * beta1 + rest1 * g;
            float second = v[i] * beta2 + rest2 * g * g;
            m[i] = first;
            v[i] = second;
            x[i] -= first * rate / ((float) Math.sqrt(second) * correction + epsilon);
        }
    }

    @Override
    public void scale(float[] x, int from, int length, float by) {
        for (int i = from; i < from + length; i++) {
            x[i] *= by;
        }
    }
}
