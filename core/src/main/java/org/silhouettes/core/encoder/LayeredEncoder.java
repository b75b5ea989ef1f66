package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;

/**
 * The layers of the unrolled encoder, for up to {@link #TOGETHER} images at a time:
 *
 * <pre>
 *   z  = (1 + μ) x − μ x⁻      r  = zG − c      u  = z − τ r      x⁺ = shrink_{λτ}(u)
 * </pre>
 *
 * <p>r is computed from the active groups of z, and only in the groups that {@link Screening} cannot rule out for x⁺; with small
 * groups it is computed in all. An image's code does not depend on the other images.
 */
final class LayeredEncoder {

    /** Number of images whose layers, about 5 · atoms values each, fit into the second-level cache together. */
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

    /** Codes of this layer, [images, atoms], like the arrays below. */
    private float[] x;

    private float[] before;
    private final float[] z;
    private final float[] residuals;
    private final float[] u;

    private final ActiveGroups activeGroups;
    /** ‖u_g‖² by number. */
    private final float[] squares;

    private final float[] moved;
    private final GroupList changed;
    private final GroupList state;
    private final GroupList required;
    private int images;

    LayeredEncoder(DictionaryShape shape, EncoderSettings settings, int capacity) {
        int max = Math.min(TOGETHER, capacity);
        int size = Math.multiplyExact(max, shape.atoms());
        int numbers = Math.multiplyExact(max, shape.groups());
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.atoms = shape.atoms();
        this.layers = settings.layers();
        this.whole = !Gram.hasBlocks(shape);
        this.momentum = Momentum.of(settings);
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.screening = new Screening(groups, max);
        this.products = new StateProducts(shape, max);
        this.x = new float[size];
        this.before = new float[size];
        this.z = new float[size];
        this.residuals = new float[size];
        this.u = new float[size];
        this.activeGroups = new ActiveGroups(numbers);
        this.squares = new float[numbers];
        this.moved = new float[numbers];
        this.changed = new GroupList(numbers);
        this.state = new GroupList(numbers);
        this.required = new GroupList(numbers);
    }

    /**
     * Encodes images; results are valid until the next call.
     *
     * @param negated −c, [count, atoms] from {@code from} on
     * @param count 1 … {@link #TOGETHER}
     * @param threshold θ = λτ
     * @param tape records the layers; may be null
     */
    void encode(Gram gram, float[] negated, int from, int count, float step, float threshold, ForwardTape tape) {
        clear(count);
        if (!whole) {
            screening.start(gram.blockNorms(), step, threshold);
        }
        for (int k = 0; k < layers; k++) {
            if (k == 0) {
                required.all(count * groups);
                KERNELS.combine(-step, negated, from, 0, negated, from, u, 0, count * atoms);
                KERNELS.groupSquares(u, count * groups, groupSize, false, squares);
            } else {
                mix(momentum[k - 1]);
                screen(momentum[k - 1]);
                products.residuals(
                        gram.rows(),
                        z,
                        state,
                        required,
                        activeGroups.flags(),
                        ActiveGroups.REQUIRED,
                        negated,
                        from,
                        count,
                        residuals);
                step(step);
            }
            if (!whole) {
                screening.made(required, squares);
            }
            if (tape != null) {
                recordState(tape);
            }
            shrink(threshold);
            if (tape != null) {
                recordActive(tape);
            }
        }
    }

    private void clear(int count) {
        images = count;
        Arrays.fill(x, 0, count * atoms, 0);
        Arrays.fill(before, 0, count * atoms, 0);
        Arrays.fill(z, 0, count * atoms, 0);
        activeGroups.start(count * groups);
        state.clear();
    }

    /** z ← (1 + μ) x − μ x⁻, and its nonzero groups. */
    private void mix(float mu) {
        activeGroups.list(sourceFlags(mu), state);
        if (whole) {
            KERNELS.extrapolate(1 + mu, x, -mu, before, z, 0, images * atoms);
            return;
        }
        activeGroups.list(ActiveGroups.ACTIVE | ActiveGroups.ACTIVE_BEFORE | ActiveGroups.ACTIVE_2_BEFORE, changed);
        extrapolate(1 + mu, -mu);
        screening.moved(changed, moved);
    }

    private void extrapolate(float a, float b) {
        for (int i = 0; i < changed.count; i++) {
            moved[i] = KERNELS.extrapolate(a, x, b, before, z, changed.number[i] * groupSize, groupSize);
        }
    }

    /** Flags of the groups that z depends on: without momentum, x⁻ is not part of it. */
    private static int sourceFlags(float mu) {
        return mu == 0 ? ActiveGroups.ACTIVE : ActiveGroups.ACTIVE | ActiveGroups.ACTIVE_BEFORE;
    }

    private void screen(float mu) {
        if (whole) {
            required.all(images * groups);
        } else {
            screening.flag(activeGroups.flags(), ActiveGroups.REQUIRED, sourceFlags(mu), images);
            activeGroups.list(ActiveGroups.REQUIRED, required);
        }
    }

    /** u ← z − τ r in the required groups, and ‖u_g‖². */
    private void step(float step) {
        if (whole) {
            KERNELS.addScaled(z, -step, residuals, u, 0, images * atoms);
            KERNELS.groupSquares(u, images * groups, groupSize, false, squares);
            return;
        }
        for (int i = 0; i < required.count; i++) {
            int number = required.number[i];
            squares[number] = KERNELS.addScaled(z, -step, residuals, u, number * groupSize, groupSize);
        }
    }

    private void shrink(float threshold) {
        shrinkage.squaredNorms(u, required, squares);
        activeGroups.advance(required, squares, threshold * threshold);
        float[] array = before;
        before = x;
        x = array;
        GroupList stale = activeGroups.twoBefore();
        for (int i = 0; i < stale.count; i++) {
            int at = stale.number[i] * groupSize;
            Arrays.fill(x, at, at + groupSize, 0);
        }
        shrinkActive(activeGroups.active(), threshold);
    }

    private void shrinkActive(GroupList active, float threshold) {
        for (int i = 0; i < active.count; i++) {
            int number = active.number[i];
            float norm = (float) Math.sqrt(squares[number]);
            shrinkage.shrink(u, number * groupSize, norm, threshold, x);
        }
    }

    private void recordState(ForwardTape tape) {
        for (int b = 0, i = 0; b < images; b++) {
            for (int end = state.end(i, b, groups); i < end; i++) {
                tape.state(state.number[i] - b * groups, z, state.number[i] * groupSize);
            }
            tape.endState();
        }
    }

    private void recordActive(ForwardTape tape) {
        GroupList active = activeGroups.active();
        for (int b = 0, i = 0; b < images; b++) {
            for (int end = active.end(i, b, groups); i < end; i++) {
                int number = active.number[i];
                tape.active(number - b * groups, (float) Math.sqrt(squares[number]), u, number * groupSize);
            }
            tape.endActive();
        }
    }

    /** The codes x, [images, atoms]; live. */
    float[] codes() {
        return x;
    }

    /** r = xG − c in the active groups of the codes, [images, atoms]; live. */
    float[] residuals(Gram gram, float[] negated, int from) {
        GroupList active = activeGroups.active();
        products.residuals(
                gram.rows(),
                x,
                active,
                active,
                activeGroups.flags(),
                ActiveGroups.ACTIVE,
                negated,
                from,
                images,
                residuals);
        return residuals;
    }

    /** The active groups of the codes; live. */
    GroupList active() {
        return activeGroups.active();
    }
}
