package org.silhouettes.wire.message;

import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

/**
 * A record of the topic {@code dictionaries}: the atoms of one group, or the mean image, at one version.
 *
 * @param of the whole dictionary
 * @param group 0 … groups − 1, or {@link DictionaryKey#MEAN}
 * @param npy a {@code .npy} file: float32 [atoms of a group, height, width, channels], or the mean image [height, width,
 *     channels]
 */
@SuppressWarnings("ArrayRecordComponent")
public record DictionaryMessage(Whole of, int group, byte[] npy) {

    private static final int MAX_GROUPS = 10_000;

    /**
     * What the records of one version have in common.
     *
     * @param groups number of groups Γ
     * @param images how many images it was learned from
     * @param sha256 of all atoms, little-endian float32, hexadecimal digits
     */
    public record Whole(ModelVersion of, int groups, long images, String settingsHash, String sha256) {
        public Whole {
            if (groups < 1 || groups > MAX_GROUPS) {
                throw new IllegalArgumentException("groups is " + groups + ", it must be 1 to " + MAX_GROUPS);
            }
            if (of.version() < 0) {
                throw new IllegalArgumentException("version is " + of.version() + ", it must be at least 0");
            }
        }
    }

    public DictionaryMessage {
        if (group < DictionaryKey.MEAN || group >= of.groups()) {
            throw new IllegalArgumentException("group is " + group + ", of " + of.groups() + " groups");
        }
    }

    /** Whether it holds the mean image. */
    public boolean isMean() {
        return group == DictionaryKey.MEAN;
    }

    /** The record on Kafka. */
    public WireRecord encode() {
        DictionaryKey key = new DictionaryKey(of.of().model(), group);
        RecordHeaders headers = of.of()
                .headers()
                .with(
                        Headers.GROUPS,
                        Integer.toString(of.groups()),
                        Headers.IMAGES,
                        Long.toString(of.images()),
                        Headers.SETTINGS_HASH,
                        of.settingsHash(),
                        Headers.SHA256,
                        of.sha256(),
                        Headers.GROUP,
                        key.groupText());
        return new WireRecord(key.text(), npy, headers);
    }

    /**
     * Reads a record that has a value; one without is a {@link DictionaryDeletion}.
     *
     * @throws IllegalArgumentException where a header is missing or malformed
     */
    public static DictionaryMessage decode(WireRecord record) {
        RecordHeaders headers = record.headers();
        Whole whole = new Whole(
                ModelVersion.of(headers),
                Math.toIntExact(headers.number(Headers.GROUPS)),
                headers.number(Headers.IMAGES),
                headers.text(Headers.SETTINGS_HASH, ""),
                headers.required(Headers.SHA256));
        int group = headers.required(Headers.GROUP).equals(Headers.MEAN)
                ? DictionaryKey.MEAN
                : Math.toIntExact(headers.number(Headers.GROUP));
        return new DictionaryMessage(whole, group, record.value());
    }
}
