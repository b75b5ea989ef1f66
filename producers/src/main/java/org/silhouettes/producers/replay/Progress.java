package org.silhouettes.producers.replay;

import java.io.PrintStream;

/** Receives the progress of a replay. */
public interface Progress {

    /**
     * The replay starts.
     *
     * @param name what is replayed
     * @param from position of the first image
     * @param end position after the last, or {@link ReplayOptions#ENDLESS}
     */
    void started(String name, long from, long end);

    /**
     * Called a few times a second.
     *
     * @param position of the next image
     * @param backpressure share of the time since the last call, 0 … 1, in which Kafka would not take the next image
     */
    void reached(long position, double backpressure);

    /** The replay ended, at its end or before; called once after {@link #started}. */
    void finished();

    /** Ignores progress. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void started(String name, long from, long end) {}

            @Override
            public void reached(long position, double backpressure) {}

            @Override
            public void finished() {}
        };
    }

    /** A bar that moves where the process has a terminal, else a line on {@code out} every few seconds. */
    static Progress console(PrintStream out) {
        return System.console() != null ? new BarProgress(out) : new LineProgress(out, Ticker.system());
    }
}
