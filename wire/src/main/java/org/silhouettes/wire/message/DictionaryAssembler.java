package org.silhouettes.wire.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordPosition;

/**
 * Assembles the records of one model's dictionary, version by version, and checks each complete version by its SHA-256. Of
 * incomplete versions the newest {@value #PENDING} are kept, and more where they are small. Not thread-safe.
 */
public final class DictionaryAssembler {

    static final int PENDING = 3;
    /** One partition may be read far ahead of another. */
    private static final int MAX_PENDING = 64;

    private static final long MAX_PENDING_BYTES = 2 << 20;
    /** Bound of one dictionary's values: what a hostile header may make this process allocate is four times that. */
    private static final int MAX_VALUES = 1 << 26;

    private static final long PENDING_BYTES = 400;

    private final Map<Long, Pending> pending = new TreeMap<>();
    private long bytes;

    /**
     * A complete version.
     *
     * @param atoms [groups * groupSize, image.values()]
     * @param mean the mean image that is subtracted, [image.values()]
     * @param positions where its groups lie, in order, and last its mean image
     * @param atMillis time of its last record
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Assembled(
            DictionaryMessage.Whole of,
            int groupSize,
            ImageShape image,
            float[] atoms,
            float[] mean,
            List<RecordPosition> positions,
            long atMillis) {}

    /** An estimate of what the incomplete versions take on the heap. */
    public long bytes() {
        return bytes;
    }

    /** Forgets the incomplete versions. */
    public void clear() {
        pending.clear();
        bytes = 0;
    }

    /**
     * Takes one record; the result is there when it completed its version.
     *
     * @param position where the record lies, or null
     * @throws IllegalArgumentException where it does not fit to the others, or their SHA-256 is not the one that they name
     */
    public Optional<Assembled> add(DictionaryMessage message, RecordPosition position, long atMillis) {
        Npy.Array array = Npy.decode(message.npy());
        long key = message.of().of().version();
        Pending version = pending.get(key);
        if (version == null || !version.belongsTogether(message)) {
            version = new Pending(message.of());
            pending.put(key, version);
        }
        try {
            version.add(message.group(), array, position, atMillis);
            bytes = sum();
            while (pending.size() > MAX_PENDING || pending.size() > PENDING && bytes > MAX_PENDING_BYTES) {
                pending.remove(pending.keySet().iterator().next());
                bytes = sum();
            }
            if (!version.isComplete()) {
                return Optional.empty();
            }
            pending.remove(key);
            return Optional.of(version.complete());
        } finally {
            bytes = sum();
        }
    }

    private long sum() {
        return pending.values().stream().mapToLong(Pending::bytes).sum();
    }

    private static final class Pending {
        private final DictionaryMessage.Whole whole;
        private final RecordPosition[] positions;
        private final float[][] groups;
        private int[] shape;
        private float[] mean;
        private long atMillis;

        Pending(DictionaryMessage.Whole whole) {
            this.whole = whole;
            this.positions = new RecordPosition[whole.groups() + 1];
            this.groups = new float[whole.groups()][];
        }

        boolean belongsTogether(DictionaryMessage message) {
            return message.of().groups() == whole.groups()
                    && message.of().sha256().equals(whole.sha256());
        }

        void add(int group, Npy.Array array, RecordPosition position, long recordMillis) {
            if (group == DictionaryKey.MEAN) {
                mean = array.floats();
            } else {
                String found = "group " + group + " has shape " + Arrays.toString(array.shape());
                if (array.shape().length != 4) {
                    throw new IllegalArgumentException(found + ", [groupSize, height, width, channels] is expected");
                }
                if (shape != null && !Arrays.equals(shape, array.shape())) {
                    throw new IllegalArgumentException(found + ", the others have " + Arrays.toString(shape));
                }
                if ((long) array.values().length * groups.length > MAX_VALUES) {
                    throw new IllegalArgumentException("dictionary has over " + MAX_VALUES + " values");
                }
                shape = array.shape();
                groups[group] = array.floats();
            }
            positions[group == DictionaryKey.MEAN ? groups.length : group] = position;
            atMillis = Math.max(atMillis, recordMillis);
        }

        long bytes() {
            long values = mean == null ? 0 : mean.length;
            for (float[] group : groups) {
                values += group == null ? 0 : group.length;
            }
            return PENDING_BYTES + 64L * groups.length + Float.BYTES * values;
        }

        boolean isComplete() {
            return mean != null && Arrays.stream(groups).allMatch(Objects::nonNull);
        }

        Assembled complete() {
            ImageShape image = new ImageShape(shape[1], shape[2], shape[3]);
            if (mean.length != image.values()) {
                throw new IllegalArgumentException(
                        "mean image has " + mean.length + " values, the atoms have " + image.values());
            }
            int length = groups[0].length;
            float[] atoms = new float[groups.length * length];
            for (int g = 0; g < groups.length; g++) {
                System.arraycopy(groups[g], 0, atoms, g * length, length);
            }
            String sha256 = sha256(groups);
            if (!sha256.equals(whole.sha256())) {
                throw new IllegalArgumentException("the dictionary at version "
                        + whole.of().version() + " has SHA-256 " + sha256 + ", its records have " + whole.sha256());
            }
            List<RecordPosition> parts = Collections.unmodifiableList(Arrays.asList(positions));
            return new Assembled(whole, shape[0], image, atoms, mean, parts, atMillis);
        }

        /** Of all values, little-endian float32. */
        private static String sha256(float[][] groups) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                ByteBuffer buffer =
                        ByteBuffer.allocate(groups[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (float[] group : groups) {
                    buffer.clear();
                    buffer.asFloatBuffer().put(group);
                    digest.update(buffer.array());
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
