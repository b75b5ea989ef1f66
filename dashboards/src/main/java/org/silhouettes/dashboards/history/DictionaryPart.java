package org.silhouettes.dashboards.history;

/**
 * One record of the {@code dictionaries} topic.
 *
 * @param run see {@link org.silhouettes.wire.RunId}
 * @param groups number of groups Γ of the whole dictionary
 * @param group 0 … groups − 1, or {@link #MEAN} for the mean image
 * @param npy the value as it came
 */
@SuppressWarnings("ArrayRecordComponent")
public record DictionaryPart(
        String model,
        String run,
        long version,
        int groups,
        int group,
        long images,
        String sha256,
        String settingsHash,
        long atMillis,
        Location location,
        byte[] npy) {

    public static final int MEAN = -1;
    private static final int MAX_GROUPS = 10_000;

    public DictionaryPart {
        if (groups < 1 || groups > MAX_GROUPS) {
            throw new IllegalArgumentException("groups is " + groups + ", it must be 1 to " + MAX_GROUPS);
        }
        if (group < MEAN || group >= groups) {
            throw new IllegalArgumentException("group is " + group + ", of " + groups + " groups");
        }
        if (version < 0) {
            throw new IllegalArgumentException("version is " + version + ", it must be at least 0");
        }
    }

    boolean isMean() {
        return group == MEAN;
    }
}
