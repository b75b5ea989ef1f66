package org.silhouettes.producers.replay;

import java.util.Map;

/**
 * What of a replay a topic holds: of each model's records, the first so many. That it is those follows from the producer,
 * which sends a model's records to one partition, in order and each once.
 *
 * @param last by model, the last record that is there; no entry where there is none
 */
public record Resumption(Map<String, Sent> last) {

    /** Nothing. */
    public static final Resumption NONE = new Resumption(Map.of());

    /**
     * A record that is there.
     *
     * @param position at which it was sent
     * @param label whether it was an earlier image's label, which comes after the image of the same position
     */
    public record Sent(long position, boolean label) {}

    public Resumption {
        last = Map.copyOf(last);
    }

    /** Whether a model has what is sent to it at a position. */
    boolean has(String model, long position, boolean label) {
        Sent sent = last.get(model);
        return sent != null && (position < sent.position || position == sent.position && (sent.label || !label));
    }

    /** The first position at which something of the replay is missing. */
    public long from(ReplayOptions options) {
        return options.models().stream()
                .mapToLong(model -> {
                    Sent sent = last.get(model);
                    boolean labelDue =
                            sent != null && !sent.label && options.labels().delay() > 0;
                    return sent == null ? 0 : sent.position + (labelDue ? 0 : 1);
                })
                .min()
                .orElse(0);
    }
}
