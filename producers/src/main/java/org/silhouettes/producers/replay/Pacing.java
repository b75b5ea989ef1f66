package org.silhouettes.producers.replay;

import java.time.Duration;
import java.time.Instant;

/** When the images of a replay are due. */
public sealed interface Pacing {

    /** As fast as Kafka takes them. */
    record Unlimited() implements Pacing {}

    /** Evenly, {@code imagesPerSecond} of them a second. */
    record Rate(double imagesPerSecond) implements Pacing {
        public Rate {
            if (!(imagesPerSecond > 0 && imagesPerSecond <= 1e9)) {
                throw new IllegalArgumentException("option rate is " + imagesPerSecond
                        + " images/s, it must be above 0: leave it out to send as fast as Kafka takes them");
            }
        }
    }

    /** {@code size} images at once, then the next as many when {@code every} has passed. */
    record Bursts(int size, Duration every) implements Pacing {
        public Bursts {
            if (size < 1) {
                throw new IllegalArgumentException("option burst is " + size + " images, it must be at least 1");
            }
            if (every.isNegative() || every.isZero()) {
                throw new IllegalArgumentException("option burst-every is " + every + ", it must be longer than 0");
            }
        }
    }

    /**
     * As far apart as they were taken, {@code speed} times as fast. The header {@code taken} of a record says when its image
     * was taken; its timestamp is the time at which it is sent.
     */
    record EventTime(double speed) implements Pacing {
        public EventTime {
            if (!(speed > 0 && speed <= 1e9)) {
                throw new IllegalArgumentException("option speed is " + speed + ", it must be above 0; 1 is real time");
            }
        }
    }

    /**
     * Nanoseconds from the start of the replay at which an image is due.
     *
     * @param sent images sent before it
     * @param first when the replay's first image was taken, null if unknown
     * @param takenAt when this image was taken, null if unknown
     */
    default long dueNanos(long sent, Instant first, Instant takenAt) {
        if (this instanceof Rate rate) {
            return (long) (sent * 1e9 / rate.imagesPerSecond());
        }
        if (this instanceof Bursts bursts) {
            return Math.multiplyExact(sent / bursts.size(), bursts.every().toNanos());
        }
        if (this instanceof EventTime eventTime) {
            return (long) (Duration.between(first, takenAt).toNanos() / eventTime.speed());
        }
        return 0;
    }
}
