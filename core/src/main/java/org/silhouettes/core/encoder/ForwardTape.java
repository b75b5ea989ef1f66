package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;

/**
 * Records what the backward pass needs: for each image and layer the active groups with their u_g and its norm, and the nonzero
 * groups of z. Inactive groups take no space. Grows to the densest batch so far, at most twice [batch, layers, atoms].
 */
final class ForwardTape {

    private static final int FIRST_GROUPS_PER_LAYER = 4;

    final int layers;
    private final int groupSize;
    private final int maxSlots;
    /** Entry e has the slots begin[e] … begin[e + 1] − 1. */
    final int[] activeBegin;

    final int[] stateBegin;
    int[] activeGroup;
    int[] stateGroup;
    /** Norms n_g by slot. */
    float[] norms;
    /** u_g by slot, groupSize values each; the backward pass writes −τ·du_g over it. */
    float[] active;
    /** z_g by slot. */
    float[] state;

    private int images;
    private int stateEntries;
    private int entries;
    private int activeCount;
    private int stateCount;

    ForwardTape(DictionaryShape shape, int layers, int capacity) {
        this.layers = layers;
        this.groupSize = shape.groupSize();
        int entryCount = Math.multiplyExact(capacity, layers);
        int slots = Math.multiplyExact(entryCount, Math.min(FIRST_GROUPS_PER_LAYER, shape.groups()));
        this.maxSlots = Math.multiplyExact(entryCount, shape.groups());
        this.activeBegin = new int[entryCount + 1];
        this.stateBegin = new int[entryCount + 1];
        this.activeGroup = new int[slots];
        this.stateGroup = new int[slots];
        this.norms = new float[slots];
        this.active = new float[Math.multiplyExact(slots, groupSize)];
        this.state = new float[active.length];
    }

    /** Clears the tape, for this number of images. */
    void start(int count) {
        images = count;
        stateEntries = 0;
        entries = 0;
        activeCount = 0;
        stateCount = 0;
    }

    /** Index of the entry of an image and layer; images that are encoded together are recorded layer by layer. */
    int entry(int image, int layer) {
        int first = image / LayeredEncoder.TOGETHER * LayeredEncoder.TOGETHER;
        int together = Math.min(LayeredEncoder.TOGETHER, images - first);
        return first * layers + layer * together + image - first;
    }

    /** Number of entries. */
    int entries() {
        return entries;
    }

    /** Records a nonzero group of z. */
    void state(int group, float[] z, int from) {
        if (stateCount == stateGroup.length) {
            stateGroup = Arrays.copyOf(stateGroup, grown(stateCount));
            state = Arrays.copyOf(state, stateGroup.length * groupSize);
        }
        stateGroup[stateCount] = group;
        System.arraycopy(z, from, state, stateCount * groupSize, groupSize);
        stateCount++;
    }

    /** Records an active group. */
    void active(int group, float norm, float[] u, int from) {
        if (activeCount == activeGroup.length) {
            activeGroup = Arrays.copyOf(activeGroup, grown(activeCount));
            norms = Arrays.copyOf(norms, activeGroup.length);
            active = Arrays.copyOf(active, activeGroup.length * groupSize);
        }
        activeGroup[activeCount] = group;
        norms[activeCount] = norm;
        System.arraycopy(u, from, active, activeCount * groupSize, groupSize);
        activeCount++;
    }

    /** Ends the nonzero groups of z of one entry. */
    void endState() {
        stateBegin[++stateEntries] = stateCount;
    }

    /** Ends the active groups of one entry. */
    void endActive() {
        activeBegin[++entries] = activeCount;
    }

    private int grown(int slots) {
        return (int) Math.min(maxSlots, slots + slots / 2 + 1L);
    }

    /** Bytes of the arrays. */
    long bytes() {
        return 4L * (activeBegin.length + stateBegin.length + activeGroup.length + stateGroup.length)
                + 4L * (norms.length + active.length + state.length);
    }
}
