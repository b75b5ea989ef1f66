package org.silhouettes.producers.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with rate and remaining time on a terminal. */
final class BarProgress implements Progress {

    private final PrintStream out;
    private ProgressBar bar;

    BarProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void started(String name, long from, long end) {
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                // the library's sign for a length that is not known
                .setInitialMax(end == ReplayOptions.ENDLESS ? -1 : end)
                .startsFrom(from, Duration.ZERO)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .showSpeed()
                .build();
    }

    @Override
    public void reached(long position, double backpressure) {
        bar.stepTo(position);
        bar.setExtraMessage(
                backpressure < 0.01 ? "" : String.format(Locale.ROOT, "Kafka holds back %.0f %%", 100 * backpressure));
    }

    @Override
    public void finished() {
        bar.close();
    }
}
