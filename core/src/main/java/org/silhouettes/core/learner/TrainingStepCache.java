package org.silhouettes.core.learner;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.initialisation.PrototypeScratch;
import org.silhouettes.imaging.ImageShape;

/**
 * Engines and code buffers of one thread, one for each dictionary shape, shared by all models of that shape. Holds no state of
 * a model, so that whoever counts {@link #bytes()} may evict any of them. Not thread-safe.
 */
public final class TrainingStepCache implements AutoCloseable {

    /** An engine and the buffers that go with it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Workspace(
            TrainingStep engine,
            CodeBatch codes,
            float[] centred,
            float[] raw,
            int[] targets,
            PrototypeScratch guideScratch) {

        void close() {
            engine.close();
            guideScratch.close();
        }
    }

    /** The memory that engines and models share. */
    public interface Memory {

        /** As much as is asked for. */
        Memory UNBOUNDED = new Memory() {
            @Override
            public int mostGroups(ImageShape image) {
                return Integer.MAX_VALUE;
            }

            @Override
            public void makeRoom(double bytes) {
                // there is room
            }
        };

        /** Groups at most of a dictionary of such images, ≥ 1; always the same for the same images. */
        int mostGroups(ImageShape image);

        /** Frees memory, if need be, for so many bytes that are about to be taken; never what is in use. */
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
            return fixedBytes + workspace.engine().traceBytes();
        }
    }

    private final LearnerSettings settings;
    private final Memory memory;
    private final LongSupplier clock;
    /** The least recently used first. */
    private final Map<DictionaryShape, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** With all the memory that there is. */
    public TrainingStepCache(LearnerSettings settings) {
        this(settings, Memory.UNBOUNDED, new UsageClock());
    }

    /** @param clock rises with every call; what is used later has a larger time */
    public TrainingStepCache(LearnerSettings settings, Memory memory, LongSupplier clock) {
        this.settings = settings;
        this.memory = memory;
        this.clock = clock;
    }

    public LearnerSettings settings() {
        return settings;
    }

    /** The memory that the engines are made of. */
    Memory memory() {
        return memory;
    }

    Workspace workspace(DictionaryShape shape) {
        Entry entry = entries.get(shape);
        if (entry == null) {
            memory.makeRoom(TrainingStepMemory.mostBytes(shape, settings));
            entry = new Entry(workspaceOf(shape), TrainingStepMemory.fixedBytes(shape, settings));
            entries.put(shape, entry);
        }
        entry.lastUse = clock.getAsLong();
        return entry.workspace;
    }

    private Workspace workspaceOf(DictionaryShape shape) {
        int batch = settings.batch();
        return new Workspace(
                new TrainingStep(shape, settings.encoder(), settings.update(), settings.organisation(), batch),
                new CodeBatch(shape, batch),
                new float[Math.multiplyExact(batch, shape.values())],
                new float[Math.multiplyExact(batch, shape.values())],
                new int[batch],
                new PrototypeScratch(shape.image(), shape.groups(), batch));
    }

    /** Engines that there are. */
    public int size() {
        return entries.size();
    }

    /** Whether there is an engine of that shape. */
    public boolean has(DictionaryShape shape) {
        return entries.containsKey(shape);
    }

    /** What all engines take with their buffers, on the heap and off it. */
    public long bytes() {
        double bytes = 0;
        for (Entry entry : entries.values()) {
            bytes += entry.bytes();
        }
        return (long) bytes;
    }

    /** When the least recently used engine was used, by the clock; {@link Long#MAX_VALUE} where there is none. */
    public long oldestUse() {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.values().iterator().next().lastUse;
    }

    /** Closes the least recently used engine, if there is one. */
    public void evictOldest() {
        Iterator<Entry> oldestFirst = entries.values().iterator();
        if (oldestFirst.hasNext()) {
            Workspace oldest = oldestFirst.next().workspace;
            oldestFirst.remove();
            oldest.close();
        }
    }

    /** Closes the engine of a shape that a model has no more. */
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
