package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;

/**
 * What the backward pass needs of a forward pass: for each image and layer the groups that were on, with their u_g and its
 * norm, and the groups of z that were not zero. Silent groups leave nothing. Grows to the densest batch it has seen, at
 * most twice [batch, layers, atoms].
 */
final class ForwardTape {

    private static final int FIRST_GROUPS_PER_LAYER = 4;

    final int layers;
    private final int groupSize;
    private final int mostSlots;
    /** Entry e has the slots begin[e] … begin[e + 1] − 1. */
    final int[] onBegin;

    final int[] stateBegin;
    int[] onGroup;
    int[] stateGroup;
    /** Norms n_g by slot. */
    float[] norms;
    /** u_g by slot, groupSize values each; the backward pass writes −τ·du_g over it. */
    float[] on;
    /** z_g by slot. */
    float[] state;

    private int images;
    private int stateEntries;
    private int entries;
    private int onCount;
    private int stateCount;

    ForwardTape(DictionaryShape shape, int layers, int capacity) {
        this.layers = layers;
        this.groupSize = shape.groupSize();
        int most = Math.multiplyExact(capacity, layers);
        int slots = Math.multiplyExact(most, Math.min(FIRST_GROUPS_PER_LAYER, shape.groups()));
        this.mostSlots = Math.multiplyExact(most, shape.groups());
        this.onBegin = new int[most + 1];
        this.stateBegin = new int[most + 1];
        this.onGroup = new int[slots];
        this.stateGroup = new int[slots];
        this.norms = new float[slots];
        this.on = new float[Math.multiplyExact(slots, groupSize)];
        this.state = new float[on.length];
    }

    /** Starts anew, for so many images. */
    void start(int count) {
        images = count;
        stateEntries = 0;
        entries = 0;
        onCount = 0;
        stateCount = 0;
    }

    /** Number of the entry of a layer of an image: entries come layer by layer of the images that are encoded together. */
    int entry(int image, int layer) {
        int first = image / LayeredEncoder.TOGETHER * LayeredEncoder.TOGETHER;
        int together = Math.min(LayeredEncoder.TOGETHER, images - first);
        return first * layers + layer * together + image - first;
    }

    /** Entries so far. */
    int entries() {
        return entries;
    }

    /** Records a group of the layer's z. */
    void state(int group, float[] z, int from) {
        if (stateCount == stateGroup.length) {
            stateGroup = Arrays.copyOf(stateGroup, grown(stateCount));
            state = Arrays.copyOf(state, stateGroup.length * groupSize);
        }
        stateGroup[stateCount] = group;
        System.arraycopy(z, from, state, stateCount * groupSize, groupSize);
        stateCount++;
    }

    /** Records a group that is on. */
    void on(int group, float norm, float[] u, int from) {
        if (onCount == onGroup.length) {
            onGroup = Arrays.copyOf(onGroup, grown(onCount));
            norms = Arrays.copyOf(norms, onGroup.length);
            on = Arrays.copyOf(on, onGroup.length * groupSize);
        }
        onGroup[onCount] = group;
        norms[onCount] = norm;
        System.arraycopy(u, from, on, onCount * groupSize, groupSize);
        onCount++;
    }

    /** Ends the groups of z of one layer of one image. */
    void endState() {
        stateBegin[++stateEntries] = stateCount;
    }

    /** Ends the groups that are on in one layer of one image. */
    void endOn() {
        onBegin[++entries] = onCount;
    }

    private int grown(int slots) {
        return (int) Math.min(mostSlots, slots + slots / 2 + 1L);
    }

    /** Bytes of its arrays as they are. */
    long bytes() {
        return 4L * (onBegin.length + stateBegin.length + onGroup.length + stateGroup.length)
                + 4L * (norms.length + on.length + state.length);
    }
}
