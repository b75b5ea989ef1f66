package org.silhouettes.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * By vectors of the machine's preferred width, 16 or 8 floats. The 16 lanes of a sum are one vector or two; they are added up
 * in the fixed tree, because {@code reduceLanes} leaves the order open.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Whether the 16 lanes of a sum are two vectors. */
    private static final boolean TWO = LANES == 8;

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    /** Whether this machine's vectors are of a width that there are loops for. */
    static boolean fits() {
        return LANES == 16 || LANES == 8;
    }

    @Override
    public String description() {
        return "vectors of " + LANES + " floats";
    }

    @Override
    public RowAccumulator rowAccumulator(int rows, int columns, int block) {
        return new VectorRowAccumulator(rows, columns, block);
    }

    @Override
    public PackedMatrix packedMatrix(int depth, int columns) {
        return new VectorPackedMatrix(depth, columns);
    }

    @Override
    public OuterProducts outerProducts(int xLength, int yLength, int capacity) {
        return new VectorOuterProducts(xLength, yLength);
    }

    @Override
    public float squares(float[] x, int from, int length) {
        return sumOfSquares(x, from, length);
    }

    static float sumOfSquares(float[] x, int from, int length) {
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int full = Lanes.full(length);
        for (int i = from; i < from + full; i += Lanes.COUNT) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, i);
            low = a.fma(a, low);
            if (TWO) {
                FloatVector b = FloatVector.fromArray(SPECIES, x, i + LANES);
                high = b.fma(b, high);
            }
        }
        return laneSum(low, high) + Lanes.dotOfRest(x, from + full, x, from + full, length - full);
    }

    @Override
    public float rectifiedSquares(float[] x, int from, int length) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector low = zero;
        FloatVector high = zero;
        int full = Lanes.full(length);
        for (int i = from; i < from + full; i += Lanes.COUNT) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, i).max(zero);
            low = a.fma(a, low);
            if (TWO) {
                FloatVector b = FloatVector.fromArray(SPECIES, x, i + LANES).max(zero);
                high = b.fma(b, high);
            }
        }
        return laneSum(low, high) + Lanes.rectifiedSquaresOfRest(x, from + full, from + length);
    }

    @Override
    public void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out) {
        for (int g = 0; g < groups; g++) {
            int from = g * size;
            if (size < Lanes.COUNT) {
                out[g] = rectified
                        ? Lanes.rectifiedSquaresOfRest(x, from, from + size)
                        : Lanes.dotOfRest(x, from, x, from, size);
            } else {
                out[g] = rectified ? rectifiedSquares(x, from, size) : squares(x, from, size);
            }
        }
    }

    @Override
    public float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length) {
        FloatVector va = FloatVector.broadcast(SPECIES, a);
        FloatVector vb = FloatVector.broadcast(SPECIES, b);
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int end = from + Lanes.full(length);
        for (int i = from; i < end; i += Lanes.COUNT) {
            FloatVector ax = FloatVector.fromArray(SPECIES, x, i).mul(va);
            FloatVector next = FloatVector.fromArray(SPECIES, y, i).fma(vb, ax);
            FloatVector moved = next.sub(FloatVector.fromArray(SPECIES, z, i));
            next.intoArray(z, i);
            low = moved.fma(moved, low);
            if (TWO) {
                int j = i + LANES;
                FloatVector ax2 = FloatVector.fromArray(SPECIES, x, j).mul(va);
                FloatVector next2 = FloatVector.fromArray(SPECIES, y, j).fma(vb, ax2);
                FloatVector moved2 = next2.sub(FloatVector.fromArray(SPECIES, z, j));
                next2.intoArray(z, j);
                high = moved2.fma(moved2, high);
            }
        }
        return laneSum(low, high) + PlainKernels.extrapolateRest(a, x, b, y, z, end, from + length);
    }

    @Override
    public float addScaled(float[] x, float by, float[] y, float[] out, int from, int length) {
        FloatVector scale = FloatVector.broadcast(SPECIES, by);
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int end = from + Lanes.full(length);
        for (int i = from; i < end; i += Lanes.COUNT) {
            FloatVector next = FloatVector.fromArray(SPECIES, y, i).fma(scale, FloatVector.fromArray(SPECIES, x, i));
            next.intoArray(out, i);
            low = next.fma(next, low);
            if (TWO) {
                int j = i + LANES;
                FloatVector next2 =
                        FloatVector.fromArray(SPECIES, y, j).fma(scale, FloatVector.fromArray(SPECIES, x, j));
                next2.intoArray(out, j);
                high = next2.fma(next2, high);
            }
        }
        return laneSum(low, high) + PlainKernels.addScaledRest(x, by, y, out, end, from + length);
    }

    @Override
    public float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int full = Lanes.full(length);
        for (int i = 0; i < full; i += Lanes.COUNT) {
            FloatVector a = difference(x, xFrom + i, y, yFrom + i);
            low = a.fma(a, low);
            if (TWO) {
                FloatVector b = difference(x, xFrom + i + LANES, y, yFrom + i + LANES);
                high = b.fma(b, high);
            }
        }
        return laneSum(low, high) + Lanes.squaredDistanceOfRest(x, xFrom + full, y, yFrom + full, length - full);
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
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int full = Lanes.full(length);
        for (int i = 0; i < full; i += Lanes.COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yFrom + i);
            low = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(v, low);
            if (TWO) {
                FloatVector u = FloatVector.fromArray(SPECIES, y, yFrom + i + LANES);
                high = FloatVector.fromArray(SPECIES, x, xFrom + i + LANES).fma(u, high);
            }
        }
        return laneSum(low, high) + Lanes.dotOfRest(x, xFrom + full, y, yFrom + full, length - full);
    }

    @Override
    public float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        FloatVector lowest = FloatVector.broadcast(SPECIES, floor);
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        int full = Lanes.full(length);
        for (int i = 0; i < full; i += Lanes.COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, y, yFrom + i).max(lowest);
            low = FloatVector.fromArray(SPECIES, x, xFrom + i).fma(v, low);
            if (TWO) {
                FloatVector u =
                        FloatVector.fromArray(SPECIES, y, yFrom + i + LANES).max(lowest);
                high = FloatVector.fromArray(SPECIES, x, xFrom + i + LANES).fma(u, high);
            }
        }
        return laneSum(low, high) + Lanes.rectifiedDotOfRest(x, xFrom + full, y, yFrom + full, floor, length - full);
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
        FloatVector rest1 = FloatVector.broadcast(SPECIES, 1 - step.beta1());
        FloatVector rest2 = FloatVector.broadcast(SPECIES, 1 - step.beta2());
        FloatVector sum = FloatVector.zero(SPECIES);
        int shift = gradientFrom - from;
        int i = from;
        for (; i + LANES <= from + length; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, shift + i);
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
            if (!TWO) {
                sum = next.fma(next, sum);
            }
        }
        PlainKernels.adamEach(gradient, shift, x, m, v, i, from + length, step);
        // a pass of its own where there are two sums: with both in it, the loop is more than HotSpot inlines
        return TWO ? sumOfSquares(x, from, length) : laneSum(sum, sum) + Lanes.dotOfRest(x, i, x, i, from + length - i);
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

    private static float laneSum(FloatVector low, FloatVector high) {
        FloatVector s = TWO ? low.add(high) : low.add(low.rearrange(BY_8));
        s = s.add(s.rearrange(BY_4));
        s = s.add(s.rearrange(BY_2));
        return s.add(s.rearrange(BY_1)).lane(0);
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(SPECIES, i -> (i + by) % LANES);
    }
}
