package org.silhouettes.dashboards.history;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Npy;

/**
 * Puts one model's dictionary records together, version by version. A version is complete when all its groups and its
 * mean image are there; of incomplete ones the newest {@value #PENDING} are kept, and more where they are small. Not thread-safe.
 */
final class SnapshotAssembler {

    static final int PENDING = 3;
    /** One partition may be read far ahead of another. */
    private static final int MAX_PENDING = 64;

    private static final long MAX_PENDING_BYTES = 2 << 20;

    /** Bound of one dictionary's values: what a hostile header may make this process allocate is four times that. */
    static final int MAX_VALUES = 1 << 26;

    private static final long PENDING_BYTES = 400;

    private final Map<Long, Pending> pending = new TreeMap<>();
    private long bytes;

    /** An estimate of what the incomplete versions take on the heap. */
    long bytes() {
        return bytes;
    }

    /** Forgets the incomplete versions. */
    void clear() {
        pending.clear();
        bytes = 0;
    }

    /** A complete version, exact. */
    record Complete(Snapshot snapshot, float[] atoms, float[] mean) {}

    /** Takes one record; the result is there when it completed its version. */
    Optional<Complete> add(DictionaryPart part) {
        Npy.Array array = Npy.decode(part.npy());
        Pending version = pending.get(part.version());
        if (version == null || !version.belongsTogether(part)) {
            version = new Pending(part);
            pending.put(part.version(), version);
        }
        try {
            version.add(part, array);
            bytes = sum();
            while (pending.size() > MAX_PENDING || pending.size() > PENDING && bytes > MAX_PENDING_BYTES) {
                pending.remove(pending.keySet().iterator().next());
                bytes = sum();
            }
            if (!version.isComplete()) {
                return Optional.empty();
            }
            pending.remove(part.version());
            return Optional.of(version.complete());
        } finally {
            bytes = sum();
        }
    }

    private long sum() {
        return pending.values().stream().mapToLong(Pending::bytes).sum();
    }

    private static final class Pending {
        private final DictionaryPart first;
        private final Location[] locations;
        private final float[][] groups;
        private int[] shape;
        private float[] mean;
        private long atMillis;

        Pending(DictionaryPart first) {
            this.first = first;
            this.locations = new Location[first.groups() + 1];
            this.groups = new float[first.groups()][];
        }

        boolean belongsTogether(DictionaryPart part) {
            return part.groups() == first.groups() && part.sha256().equals(first.sha256());
        }

        void add(DictionaryPart part, Npy.Array array) {
            if (part.isMean()) {
                mean = array.floats();
            } else {
                if (array.shape().length != 4) {
                    throw new IllegalArgumentException("group " + part.group() + " has shape "
                            + Arrays.toString(array.shape()) + ", [groupSize, height, width, channels] is expected");
                }
                if (shape != null && !Arrays.equals(shape, array.shape())) {
                    throw new IllegalArgumentException("group " + part.group() + " has shape "
                            + Arrays.toString(array.shape()) + ", the others have " + Arrays.toString(shape));
                }
                if ((long) array.values().length * part.groups() > MAX_VALUES) {
                    throw new IllegalArgumentException("dictionary has over " + MAX_VALUES + " values");
                }
                shape = array.shape();
                groups[part.group()] = array.floats();
            }
            locations[part.isMean() ? groups.length : part.group()] = part.location();
            atMillis = Math.max(atMillis, part.atMillis());
        }

        long bytes() {
            long values = mean == null ? 0 : mean.length;
            for (float[] group : groups) {
                values += group == null ? 0 : group.length;
            }
            return PENDING_BYTES + 64L * groups.length + Float.BYTES * values;
        }

        boolean isComplete() {
            return mean != null && Arrays.stream(groups).allMatch(g -> g != null);
        }

        Complete complete() {
            DictionaryShape dictionary =
                    new DictionaryShape(groups.length, shape[0], new ImageShape(shape[1], shape[2], shape[3]));
            if (mean.length != dictionary.values()) {
                throw new IllegalArgumentException(
                        "mean image has " + mean.length + " values, the atoms have " + dictionary.values());
            }
            float[] atoms = new float[dictionary.size()];
            int length = atoms.length / groups.length;
            for (int g = 0; g < groups.length; g++) {
                System.arraycopy(groups[g], 0, atoms, g * length, length);
            }
            Snapshot snapshot = new Snapshot(
                    first.version(),
                    first.images(),
                    first.sha256(),
                    first.settingsHash(),
                    atMillis,
                    dictionary,
                    List.of(locations));
            return new Complete(snapshot, atoms, mean);
        }
    }
}
