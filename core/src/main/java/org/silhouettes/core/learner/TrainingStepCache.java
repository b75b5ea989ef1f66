package org.silhouettes.core.learner;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.organisation.GuidanceTargets;
import org.silhouettes.imaging.ImageShape;

/**
 * The training steps of one thread, one per dictionary shape, shared by all models of that shape. Holds no state of a model,
 * so an owner that bounds {@link #bytes()} may evict any of them. Not thread-safe.
 */
public final class TrainingStepCache implements AutoCloseable {

    /** A training step with the buffers for its input. */
    @SuppressWarnings("ArrayRecordComponent")
    record Workspace(TrainingStep step, float[] centred, GuidanceTargets.Scratch targets) {

        void close() {
            step.close();
            targets.close();
        }
    }

    /** The memory that training steps and models share. */
    public interface Memory {

        /** Memory without a bound. */
        Memory UNBOUNDED = new Memory() {
            @Override
            public int maxGroups(ImageShape image) {
                return Integer.MAX_VALUE;
            }

            @Override
            public void makeRoom(double bytes) {
                // there is room
            }
        };

        /** Maximum number of groups of a dictionary of such images, ≥ 1; constant per image shape. */
        int maxGroups(ImageShape image);

        /** Frees memory for an allocation of this size, never what is in use. */
        void makeRoom(double bytes);
    }

    private static final class Entry {
        final Workspace workspace;
        final double fixedBytes;
        long lastUse;

        Entry(Workspace workspace, double fixedBytes) {
            this.workspace = workspace;
            this.fixedBytes = fixedBytes;
        }

        double bytes() {
            return fixedBytes + workspace.step().tapeBytes();
        }
    }

    private final LearnerSettings settings;
    private final Memory memory;
    private final LongSupplier clock;
    /** The least recently used first. */
    private final Map<DictionaryShape, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** A cache without a memory bound. */
    public TrainingStepCache(LearnerSettings settings) {
        this(settings, Memory.UNBOUNDED, new UsageClock());
    }

    /** @param clock returns a larger value with every call, to order uses */
    public TrainingStepCache(LearnerSettings settings, Memory memory, LongSupplier clock) {
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
    }

    public LearnerSettings settings() {
        return settings;
    }

    Memory memory() {
        return memory;
    }

    /** The workspace for dictionaries of a shape, created at its first use. */
    Workspace workspace(DictionaryShape shape) {
        Entry entry = entries.get(shape);
        if (entry == null) {
            memory.makeRoom(TrainingStepMemory.maxBytes(shape, settings));
            entry = new Entry(newWorkspace(shape), TrainingStepMemory.fixedBytes(shape, settings));
            entries.put(shape, entry);
        }
        entry.lastUse = clock.getAsLong();
        return entry.workspace;
    }

    private Workspace newWorkspace(DictionaryShape shape) {
        int batch = settings.batch();
        return new Workspace(
                new TrainingStep(shape, settings.encoder(), settings.update(), settings.organisation(), batch),
                new float[Math.multiplyExact(batch, shape.values())],
                new GuidanceTargets.Scratch(shape.image(), shape.groups(), batch));
    }

    /** Number of training steps. */
    public int size() {
        return entries.size();
    }

    /** Whether there is a training step for the shape. */
    public boolean has(DictionaryShape shape) {
        return entries.containsKey(shape);
    }

    /** Bytes of all training steps with their buffers, heap and native. */
    public long bytes() {
        double bytes = 0;
        for (Entry entry : entries.values()) {
            bytes += entry.bytes();
        }
        return (long) bytes;
    }

    /** Time of the least recent use of a training step, by the clock; {@link Long#MAX_VALUE} without any. */
    public long oldestUse() {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.values().iterator().next().lastUse;
    }

    /** Closes the least recently used training step, if there is one. */
    public void evictOldest() {
        Iterator<Entry> oldestFirst = entries.values().iterator();
        if (oldestFirst.hasNext()) {
            Workspace oldest = oldestFirst.next().workspace;
            oldestFirst.remove();
            oldest.close();
        }
    }

    /** Closes the training step for a shape that a model has outgrown. */
    void evict(DictionaryShape shape) {
        Entry entry = entries.remove(shape);
        if (entry != null) {
            entry.workspace.close();
        }
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.workspace.close());
        entries.clear();
    }
}
