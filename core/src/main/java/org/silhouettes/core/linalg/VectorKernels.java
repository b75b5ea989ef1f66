package org.silhouettes.core.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * By vectors of the machine's preferred width. Sums are kept in as many lanes as a vector has, which are added up in a fixed
 * order: {@code reduceLanes} leaves the order open, and compiled code may add otherwise than interpreted code.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    @Override
    public String description() {
        return "vectors of " + LANES + " floats";
    }

    @Override
    public RowTable table(int rows, int columns, int block) {
        return new VectorRowTable(rows, columns, block);
    }

    @Override
    public Factor factor(int depth, int columns) {
        return VectorTile.FITS ? new VectorFactor(depth, columns) : new BlasFactor(depth, columns);
    }

    @Override
    public OuterProducts outerProducts(int xLength, int yLength, int capacity) {
        return VectorOuterProducts.fits(xLength, yLength)
                ? new VectorOuterProducts(xLength, yLength)
                : new BlasOuterProducts(xLength, yLength, capacity);
    }

    @Override
    public float squares(float[] x, int from, int length) {
        return sumOfSquares(x, from, length);
    }

    static float sumOfSquares(float[] x, int from, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector other = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 * LANES <= length; i += 2 * LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, from + i);
            FloatVector b = FloatVector.fromArray(SPECIES, x, from + i + LANES);
            sum = a.fma(a, sum);
            other = b.fma(b, other);
        }
        for (; i + LANES <= length; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, from + i);
            sum = a.fma(a, sum);
        }
        float lanes = laneSum(sum.add(other));
        return i == length ? lanes : lanes + Lanes.squares(x, from + i, from + length);
    }

    @Override
    public float rectifiedSquares(float[] x, int from, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum = zero;
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, from + i).max(zero);
            sum = a.fma(a, sum);
        }
        return laneSum(sum) + Lanes.rectifiedSquares(x, from + i, from + length);
    }

    @Override
    public void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out) {
        for (int g = 0; g < groups; g++) {
            if (size < LANES) {
                out[g] = rectified
                        ? Lanes.rectifiedSquares(x, g * size, (g + 1) * size)
                        : Lanes.squares(x, g * size, (g + 1) * size);
            } else {
                out[g] = rectified ? rectifiedSquares(x, g * size, size) : squares(x, g * size, size);
            }
        }
    }

    @Override
    public float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length) {
        FloatVector va = FloatVector.broadcast(SPECIES, a);
        FloatVector vb = FloatVector.broadcast(SPECIES, b);
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = from;
        for (; i + LANES <= from + length; i += LANES) {
            FloatVector ax = FloatVector.fromArray(SPECIES, x, i).mul(va);
            FloatVector next = FloatVector.fromArray(SPECIES, y, i).fma(vb, ax);
            FloatVector moved = next.sub(FloatVector.fromArray(SPECIES, z, i));
            next.intoArray(z, i);
            sum = moved.fma(moved, sum);
        }
        float lanes = laneSum(sum);
        return i == from + length ? lanes : lanes + PlainKernels.extrapolateEach(a, x, b, y, z, i, from + length);
    }

    @Override
    public float addScaled(float[] x, float by, float[] y, float[] out, int from, int length) {
        FloatVector scale = FloatVector.broadcast(SPECIES, by);
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = from;
        for (; i + LANES <= from + length; i += LANES) {
            FloatVector next = FloatVector.fromArray(SPECIES, y, i).fma(scale, FloatVector.fromArray(SPECIES, x, i));
            next.intoArray(out, i);
            sum = next.fma(next, sum);
        }
        float lanes = laneSum(sum);
        return i == from + length ? lanes : lanes + PlainKernels.addScaledEach(x, by, y, out, i, from + length);
    }

    @Override
    public float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector other = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 * LANES <= length; i += 2 * LANES) {
            FloatVector a = difference(x, xFrom + i, y, yFrom + i);
            FloatVector b = difference(x, xFrom + i + LANES, y, yFrom + i + LANES);
            sum = a.fma(a, sum);
            other = b.fma(b, other);
        }
        float rest = 0;
        for (; i < length; i++) {
            float d = x[xFrom + i] - y[yFrom + i];
            rest = Math.fma(d, d, rest);
        }
        return laneSum(sum.add(other)) + rest;
    }

    private static FloatVector difference(float[] x, int xFrom, float[] y, int yFrom) {
        return FloatVector.fromArray(SPECIES, x, xFrom).sub(FloatVector.fromArray(SPECIES, y, yFrom));
    }

    @Override
    public void combine(
            float a, float[] x, int xFrom, float b, float[] y, int yFrom, float[] out, int outFrom, int length) {
        FloatVector va = FloatVector.broadcast(SPECIES, a);
        FloatVector vb = FloatVector.broadcast(SPECIES, b);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector ax = FloatVector.fromArray(SPECIES, x, xFrom + i).mul(va);
            FloatVector.fromArray(SPECIES, y, yFrom + i).fma(vb, ax).intoArray(out, outFrom + i);
        }
        for (; i < length; i++) {
            out[outFrom + i] = Math.fma(b, y[yFrom + i], a * x[xFrom + i]);
        }
    }

    @Override
    public void rectify(float[] x, int xFrom, float scale, float floor, float[] out, int outFrom, int length) {
        FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector.fromArray(SPECIES, x, xFrom + i).max(lowest).mul(scale).intoArray(out, outFrom + i);
        }
        for (; i < length; i++) {
            out[outFrom + i] = scale * Math.max(x[xFrom + i], floor);
        }
    }

    @Override
    public float dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yFrom + i);
            sum = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(v, sum);
        }
        float lanes = laneSum(sum);
        return i == length ? lanes : lanes + Lanes.dot(x, xFrom + i, y, yFrom + i, length - i);
    }

    @Override
    public float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yFrom + i).max(lowest);
            sum = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(v, sum);
        }
        float rest = 0;
        for (; i < length; i++) {
            rest = Math.fma(x[xFrom + i], Math.max(y[yFrom + i], floor), rest);
        }
        return laneSum(sum) + rest;
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
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector radials = FloatVector.broadcast(SPECIES, radial);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yFrom + i);
            VectorMask<Float> passes = v.compare(VectorOperators.GT, floor);
            FloatVector through =
                    zero.blend(FloatVector.fromArray(SPECIES, x, xFrom + i).mul(scale), passes);
            v.max(radialFloor).fma(radials, through).intoArray(y, yFrom + i);
        }
        for (; i < length; i++) {
            float v = y[yFrom + i];
            float through = v > floor ? scale * x[xFrom + i] : 0;
            y[yFrom + i] = Math.fma(radial, Math.max(v, radialFloor), through);
        }
    }

    @Override
    public float adam(
            float[] gradient, int gradientFrom, float[] x, float[] m, float[] v, int from, int length, AdamStep step) {
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector rest1 = FloatVector.broadcast(SPECIES, 1 - step.beta1());
        FloatVector rest2 = FloatVector.broadcast(SPECIES, 1 - step.beta2());
        int i = from;
        for (; i + LANES <= from + length; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, gradientFrom - from + i);
            FloatVector first =
                    FloatVector.fromArray(SPECIES, m, i).mul(step.beta1()).add(rest1.mul(g));
            FloatVector second = FloatVector.fromArray(SPECIES, v, i)
                    .mul(step.beta2())
                    .add(rest2.mul(g).mul(g));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector below = second.sqrt().mul(step.correction()).add(step.epsilon());
            FloatVector next = FloatVector.fromArray(SPECIES, x, i)
                    .sub(first.mul(step.rate()).div(below));
            next.intoArray(x, i);
            sum = next.fma(next, sum);
        }
        return laneSum(sum) + PlainKernels.adamStep(gradient, gradientFrom - from, x, m, v, i, from + length, step);
    }

    @Override
    public void scale(float[] x, int from, int length, float by) {
        int i = from;
        for (; i + LANES <= from + length; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).mul(by).intoArray(x, i);
        }
        for (; i < from + length; i++) {
            x[i] *= by;
        }
    }

    private static float laneSum(FloatVector v) {
        FloatVector s = v;
        if (LANES > 16) {
            float sum = 0;
            for (float lane : v.toArray()) {
                sum += lane;
            }
            return sum;
        }
        if (LANES > 8) {
            s = s.add(s.rearrange(BY_8));
        }
        if (LANES > 4) {
            s = s.add(s.rearrange(BY_4));
        }
        if (LANES > 2) {
            s = s.add(s.rearrange(BY_2));
        }
        return s.add(s.rearrange(BY_1)).lane(0);
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(SPECIES, i -> (i + by) % LANES);
    }
}
