package org.silhouettes.producers.replay;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.silhouettes.producers.dataset.ImageSource;

/** Labels that are still to be sent, oldest first: those of the last {@link Labels#delay} positions. */
final class LabelQueue {

    /** A label on its way. */
    record Late(long position, String id, int classIndex) {}

    private final int delay;
    private final Deque<Late> waiting = new ArrayDeque<>();

    LabelQueue(Labels labels) {
        this.delay = labels.delay();
    }

    /** Takes in what a replay that starts at {@code from} finds waiting: the images before it, whose labels are not yet sent. */
    void resume(long from, Schedule schedule, ImageSource source, RecordMaker records) throws IOException {
        for (long position = Math.max(0, from - delay);
                delay > 0 && position < Math.min(from, schedule.length());
                position++) {
            long index = schedule.at(position).index();
            add(position, records.id(source.image(index), position), source.classOf(index));
        }
    }

    /** Notes the label of the image that was sent at a position. */
    void add(long position, String id, int classIndex) {
        if (delay > 0 && classIndex != ImageSource.NO_CLASS) {
            waiting.addLast(new Late(position, id, classIndex));
        }
    }

    /** The label that is due at a position, or null. */
    Late due(long position) {
        Late oldest = waiting.peekFirst();
        return oldest != null && oldest.position() + delay <= position ? waiting.removeFirst() : null;
    }
}
