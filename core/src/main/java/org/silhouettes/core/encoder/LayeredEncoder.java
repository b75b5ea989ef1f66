package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;

/**
 * The layers of the unrolled encoder, for up to {@link #TOGETHER} images side by side:
 *
 * <pre>
 *   z  = (1 + μ) x − μ x⁻      r  = zG − c      u  = z − τ r      x⁺ = shrink_{λτ}(u)
 * </pre>
 *
 * <p>r is made of the groups that are on in z, and only in the groups that may be on in x⁺, which {@link Screening} tells. Where
 * groups are too small for that, all of them are asked for. An image's code does not depend on which images are beside it.
 */
final class LayeredEncoder {

    /** Images whose layers, some 5 · atoms values each, stay in the second-level cache together. */
    static final int TOGETHER = 64;

    private static final Kernels KERNELS = Kernels.best();

    private final int groups;
    private final int groupSize;
    private final int atoms;
    private final int layers;
    private final boolean whole;
    private final float[] momentum;
    private final GroupShrinkage shrinkage;
    private final Screening screening;
    private final StateProducts products;

    /** All [images, atoms]. */
    private float[] x;

    private float[] before;
    private final float[] z;
    private final float[] residuals;
    private final float[] u;

    private final ActiveGroups groupsOn;
    /** ‖u_g‖² by number. */
    private final float[] squares;

    private final float[] moved;
    private final GroupList changed;
    private final GroupList state;
    private final GroupList asked;
    private int images;

    LayeredEncoder(DictionaryShape shape, EncoderSettings settings, int capacity) {
        int most = Math.min(TOGETHER, capacity);
        int size = Math.multiplyExact(most, shape.atoms());
        int numbers = Math.multiplyExact(most, shape.groups());
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.atoms = shape.atoms();
        this.layers = settings.layers();
        this.whole = !Gram.hasBlocks(shape);
        this.momentum = Momentum.of(settings);
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.screening = new Screening(groups, most);
        this.products = new StateProducts(shape, most);
        this.x = new float[size];
        this.before = new float[size];
        this.z = new float[size];
        this.residuals = new float[size];
        this.u = new float[size];
        this.groupsOn = new ActiveGroups(numbers);
        this.squares = new float[numbers];
        this.moved = new float[numbers];
        this.changed = new GroupList(numbers);
        this.state = new GroupList(numbers);
        this.asked = new GroupList(numbers);
    }

    /**
     * Encodes images; what the other methods give holds until the next.
     *
     * @param negated −c, [count, atoms] from {@code from} on
     * @param count 1 … {@link #TOGETHER}
     * @param threshold θ = λτ
     * @param trace where the layers are recorded, or null
     */
    void encode(Gram gram, float[] negated, int from, int count, float step, float threshold, ForwardTape trace) {
        clear(count);
        if (!whole) {
            screening.start(gram.blockNorms(), step, threshold);
        }
        for (int k = 0; k < layers; k++) {
            if (k == 0) {
                asked.all(count * groups);
                KERNELS.combine(-step, negated, from, 0, negated, from, u, 0, count * atoms);
                KERNELS.groupSquares(u, count * groups, groupSize, false, squares);
            } else {
                mix(momentum[k - 1]);
                ask(momentum[k - 1]);
                products.residuals(
                        gram.rows(),
                        z,
                        state,
                        asked,
                        groupsOn.flags(),
                        ActiveGroups.ASKED,
                        negated,
                        from,
                        count,
                        residuals);
                step(step);
            }
            if (!whole) {
                screening.made(asked, squares);
            }
            if (trace != null) {
                recordState(trace);
            }
            shrink(threshold);
            if (trace != null) {
                recordOn(trace);
            }
        }
    }

    private void clear(int count) {
        images = count;
        Arrays.fill(x, 0, count * atoms, 0);
        Arrays.fill(before, 0, count * atoms, 0);
        Arrays.fill(z, 0, count * atoms, 0);
        groupsOn.start(count * groups);
        state.clear();
    }

    /** z ← (1 + μ) x − μ x⁻, and the groups in which it is not zero. */
    private void mix(float mu) {
        groupsOn.list(mixed(mu), state);
        if (whole) {
            KERNELS.extrapolate(1 + mu, x, -mu, before, z, 0, images * atoms);
            return;
        }
        groupsOn.list(ActiveGroups.ON | ActiveGroups.ON_BEFORE | ActiveGroups.ON_LONG_BEFORE, changed);
        extrapolate(1 + mu, -mu);
        screening.moved(changed, moved);
    }

    private void extrapolate(float a, float b) {
        for (int i = 0; i < changed.count; i++) {
            moved[i] = KERNELS.extrapolate(a, x, b, before, z, changed.number[i] * groupSize, groupSize);
        }
    }

    /** Flags of the groups of which z is made: without momentum nothing of x⁻ is in it. */
    private static int mixed(float mu) {
        return mu == 0 ? ActiveGroups.ON : ActiveGroups.ON | ActiveGroups.ON_BEFORE;
    }

    private void ask(float mu) {
        if (whole) {
            asked.all(images * groups);
        } else {
            screening.flag(groupsOn.flags(), ActiveGroups.ASKED, mixed(mu), images);
            groupsOn.list(ActiveGroups.ASKED, asked);
        }
    }

    /** u ← z − τ r where it is asked for, and ‖u_g‖². */
    private void step(float step) {
        if (whole) {
            KERNELS.addScaled(z, -step, residuals, u, 0, images * atoms);
            KERNELS.groupSquares(u, images * groups, groupSize, false, squares);
            return;
        }
        for (int i = 0; i < asked.count; i++) {
            int number = asked.number[i];
            squares[number] = KERNELS.addScaled(z, -step, residuals, u, number * groupSize, groupSize);
        }
    }

    private void shrink(float threshold) {
        shrinkage.squaredNorms(u, asked, squares);
        groupsOn.advance(asked, squares, threshold * threshold);
        float[] array = before;
        before = x;
        x = array;
        GroupList stale = groupsOn.longBefore();
        for (int i = 0; i < stale.count; i++) {
            int at = stale.number[i] * groupSize;
            Arrays.fill(x, at, at + groupSize, 0);
        }
        shrinkOn(groupsOn.on(), threshold);
    }

    private void shrinkOn(GroupList on, float threshold) {
        for (int i = 0; i < on.count; i++) {
            int number = on.number[i];
            float norm = (float) Math.sqrt(squares[number]);
            shrinkage.shrink(u, number * groupSize, norm, threshold, x);
        }
    }

    private void recordState(ForwardTape trace) {
        for (int b = 0, i = 0; b < images; b++) {
            for (int end = state.end(i, b, groups); i < end; i++) {
                trace.state(state.number[i] - b * groups, z, state.number[i] * groupSize);
            }
            trace.endState();
        }
    }

    private void recordOn(ForwardTape trace) {
        GroupList on = groupsOn.on();
        for (int b = 0, i = 0; b < images; b++) {
            for (int end = on.end(i, b, groups); i < end; i++) {
                int number = on.number[i];
                trace.on(number - b * groups, (float) Math.sqrt(squares[number]), u, number * groupSize);
            }
            trace.endOn();
        }
    }

    /** The codes x, [images, atoms]; live. */
    float[] codes() {
        return x;
    }

    /** r = xG − c of the codes in the groups that are on, [images, atoms]; live. */
    float[] residuals(Gram gram, float[] negated, int from) {
        GroupList on = groupsOn.on();
        products.residuals(gram.rows(), x, on, on, groupsOn.flags(), ActiveGroups.ON, negated, from, images, residuals);
        return residuals;
    }

    /** The groups that are on in the codes; live. */
    GroupList on() {
        return groupsOn.on();
    }
}
