package org.silhouettes.producers.replay;

import java.io.PrintStream;
import java.util.Locale;

/** A plain line every five seconds and at the end, for logs. */
final class LineProgress implements Progress {

    private static final double SECONDS_BETWEEN_LINES = 5;

    private final PrintStream out;
    private final Ticker ticker;
    private String name;
    private long end;
    private long position;
    private long startNanos;
    private long startPosition;
    private long lineNanos;
    private long linePosition;
    private double backpressure;

    LineProgress(PrintStream out, Ticker ticker) {
        this.out = out;
        this.ticker = ticker;
    }

    @Override
    public void started(String replayed, long from, long to) {
        name = replayed;
        end = to;
        position = from;
        startPosition = from;
        linePosition = from;
        startNanos = ticker.nanos();
        lineNanos = startNanos;
    }

    @Override
    public void reached(long next, double share) {
        position = next;
        backpressure = share;
        long now = ticker.nanos();
        double seconds = (now - lineNanos) / 1e9;
        if (seconds >= SECONDS_BETWEEN_LINES) {
            print((position - linePosition) / seconds);
            lineNanos = now;
            linePosition = position;
        }
    }

    @Override
    public void finished() {
        double seconds = Math.max(1e-9, (ticker.nanos() - startNanos) / 1e9);
        backpressure = 0;
        print((position - startPosition) / seconds);
    }

    private void print(double rate) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s: %,d", name, position));
        if (end == ReplayOptions.ENDLESS) {
            line.append(" images");
        } else {
            line.append(String.format(Locale.ROOT, " of %,d images (%d %%)", end, 100 * position / Math.max(1, end)));
        }
        line.append(String.format(Locale.ROOT, ", %,.0f/s", rate));
        if (end != ReplayOptions.ENDLESS && position < end && rate > 0) {
            line.append(String.format(Locale.ROOT, ", %,.0f s left", (end - position) / rate));
        }
        if (backpressure >= 0.01) {
            line.append(String.format(Locale.ROOT, ", Kafka holds back %.0f %%", 100 * backpressure));
        }
        out.println(line);
    }
}
