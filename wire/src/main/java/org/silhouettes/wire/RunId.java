package org.silhouettes.wire;

/**
 * The id of a run: one history of a model, from its first image on. Every output record carries it in the header
 * {@link Headers#RUN}. It follows from where the model's first image lies and from the settings at that time, so it is the
 * same after a restore and in a repeated run on the same topic, and another one after a reset or in a topic that was
 * created again.
 */
public final class RunId {

    /** The run of models and records of releases before there were run ids. */
    public static final String EARLIER = "0000000000000000";

    private RunId() {}

    /**
     * First 16 hexadecimal digits of the SHA-256 of the four values, each followed by a line feed, UTF-8.
     *
     * @param topicId Kafka's id of the images topic, as {@code Uuid.toString} has it
     * @param partition partition of the model's first image
     * @param offset its offset
     * @param settingsHash value of the header {@link Headers#SETTINGS_HASH} when the model began
     */
    public static String of(String topicId, int partition, long offset, String settingsHash) {
        String text = topicId + '\n' + partition + '\n' + offset + '\n' + settingsHash + '\n';
        return Sha256.hex(text, 8);
    }
}
