package org.silhouettes.producers.replay;

import java.util.Map;

/**
 * Which records of a replay a topic holds, by model. Records before the first that it holds count as sent: what removed
 * them is the topic's retention.
 *
 * @param sent by model, the records that are there; no entry where there is none
 */
public record Resumption(Map<String, Sent> sent) {

    /** Nothing. */
    public static final Resumption NONE = new Resumption(Map.of());

    public Resumption {
        sent = Map.copyOf(sent);
    }

    /** Whether a model has what is sent to it at a position. */
    boolean has(String model, long position, boolean label) {
        Sent records = sent.get(model);
        return records != null && records.has(position, label);
    }

    /**
     * The records of one model that a topic holds. Positions are divided by the number of models that take turns, so that
     * they are consecutive.
     */
    static final class Sent {
        private final int turns;
        private final Positions images = new Positions();
        private final Positions labels = new Positions();

        /** @param turns number of models that take turns, 1 where each gets every image */
        Sent(int turns) {
            this.turns = turns;
        }

        /** Adds a record; returns false where it was there already. */
        boolean add(long position, boolean label) {
            return (label ? labels : images).add(position / turns);
        }

        void addAll(Sent others) {
            images.addAll(others.images);
            labels.addAll(others.labels);
        }

        void clear() {
            images.clear();
            labels.clear();
        }

        boolean isEmpty() {
            return images.isEmpty() && labels.isEmpty();
        }

        boolean has(long position, boolean label) {
            long turn = position / turns;
            return turn < begin() || (label ? labels : images).contains(turn);
        }

        /** The first turn of which something may be missing; a label comes after the image of its position. */
        long begin() {
            return Math.min(images.first(), labels.isEmpty() ? Long.MAX_VALUE : labels.first() + 1);
        }

        /** The last turn at which an image is there, −1 without one. */
        long last() {
            return images.last();
        }
    }
}
