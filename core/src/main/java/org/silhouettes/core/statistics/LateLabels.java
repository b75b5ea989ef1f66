package org.silhouettes.core.statistics;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;

/**
 * Labels that come later than their images. The last images that were encoded without a label wait here, by their ids; a
 * label joins its image's code into the {@link ActivityTracker}, and nothing of it ever reaches the learning. A label
 * whose image still waits to be encoded is kept until then. Deterministic: what it holds depends on the images, the labels
 * and their order alone, so it is part of the model's state. Not thread-safe.
 */
public final class LateLabels {

    private final Map<String, LateCode> images = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private int most;
    private long maxBytes = Long.MAX_VALUE;
    private long joined;
    private long unmatched;
    private long bytes;

    /** @param most images that wait, at most; 0 lets none wait */
    public LateLabels(int most) {
        this.most = most;
    }

    /** Continues where {@link #state()} was taken; all of it waits until a bound is set. */
    public LateLabels(LateLabelsState state) {
        this(Integer.MAX_VALUE);
        joined = state.joined();
        unmatched = state.unmatched();
        state.images().forEach(this::await);
        labels.putAll(state.labels());
    }

    /** Sets another bound; it is not part of the persisted form. */
    public void most(int next) {
        most(next, maxBytes);
    }

    /**
     * Sets other bounds; they are not part of the persisted form.
     *
     * @param bytes memory of the images that wait, at most: the oldest give way
     */
    public void most(int next, long bytes) {
        most = next;
        maxBytes = bytes;
        trim();
    }

    /** Bytes of an image that waits, at most. */
    public static double bytesOfImage(DictionaryShape shape) {
        return 500 + 2.0 * shape.values() + 4.0 * shape.groups() + 8.0 * shape.atoms();
    }

    /** Adapts to a dictionary that has grown by groups. */
    public void grow(int groups) {
        images.replaceAll((id, code) -> {
            LateCode grown = code.grown(groups);
            bytes += bytes(id, grown) - bytes(id, code);
            return grown;
        });
    }

    /** Labels that were joined into the statistics, or will be when their images are encoded. */
    public long joined() {
        return joined;
    }

    /** Labels whose image was not there: never, no longer, or labelled already. */
    public long unmatched() {
        return unmatched;
    }

    /** Images that wait for their labels. */
    public int waiting() {
        return images.size();
    }

    /** An estimate of the heap that they take. */
    public long bytes() {
        return bytes + 200L * labels.size();
    }

    /**
     * Takes a label.
     *
     * @param learner for the images that are not yet encoded
     * @return whether it belongs to an image
     */
    public boolean label(String id, String label, ActivityTracker activity, LearnerState learner) {
        return label(id, label, activity, (Predicate<String>) wanted -> isBuffered(wanted, learner));
    }

    /**
     * Takes a label.
     *
     * @param buffered whether an image of that id, without a label of its own, is not yet encoded
     * @return whether it belongs to an image
     */
    public boolean label(String id, String label, ActivityTracker activity, Predicate<String> buffered) {
        LateCode code = images.remove(id);
        if (code != null) {
            bytes -= bytes(id, code);
            activity.labelled(label, code);
        } else if (labels.containsKey(id) || !buffered.test(id)) {
            unmatched++;
            return false;
        } else {
            labels.put(id, label);
        }
        joined++;
        return true;
    }

    private static boolean isBuffered(String id, LearnerState learner) {
        return Stream.of(
                        learner.buffers().warmUp(),
                        learner.buffers().pending(),
                        learner.buffers().unlearned())
                .flatMap(List::stream)
                .anyMatch(image -> id.equals(image.id()) && image.label() == null);
    }

    /**
     * Notes the images of a batch that have an id and no label.
     *
     * @return the images, with the labels that have come since they were buffered
     */
    public List<StreamImage> encoded(List<StreamImage> batch, Encoding codes, boolean learn) {
        List<StreamImage> labelled = new ArrayList<>(batch.size());
        for (int b = 0; b < batch.size(); b++) {
            StreamImage image = batch.get(b);
            boolean unlabelled = image.id() != null && image.label() == null;
            String label = unlabelled ? labels.remove(image.id()) : null;
            if (label != null) {
                image = new StreamImage(image.samples(), label, image.id(), image.learn());
            } else if (unlabelled && most > 0) {
                await(image.id(), LateCode.of(image.samples(), codes, b, learn));
            }
            labelled.add(image);
        }
        trim();
        return labelled;
    }

    private void await(String id, LateCode code) {
        // the second image of an id stands at the end, not at the first one's place
        LateCode before = images.remove(id);
        bytes += bytes(id, code) - (before == null ? 0 : bytes(id, before));
        images.put(id, code);
    }

    private void trim() {
        Iterator<Map.Entry<String, LateCode>> oldestFirst = images.entrySet().iterator();
        while (images.size() > most || bytes > maxBytes && !images.isEmpty()) {
            Map.Entry<String, LateCode> oldest = oldestFirst.next();
            bytes -= bytes(oldest.getKey(), oldest.getValue());
            oldestFirst.remove();
        }
    }

    private static long bytes(String id, LateCode code) {
        return code.bytes() + 100 + id.length();
    }

    /** All there is to persist: live maps. */
    public LateLabelsState state() {
        return new LateLabelsState(joined, unmatched, images, labels);
    }
}
