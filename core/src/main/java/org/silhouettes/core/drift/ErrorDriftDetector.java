package org.silhouettes.core.drift;

import java.util.Optional;
import org.silhouettes.core.state.DriftState;

/**
 * Watches a model's relative errors: {@link PageHinkley} by the means of {@value DriftMonitor#EVERY} images, and {@link
 * Adwin} image by image. Both use the autocorrelation of the errors, estimated from these means: see {@link
 * Standardiser}. Not thread-safe.
 */
final class ErrorDriftDetector {

    private static final String ROSE = "relative error rose from about %.3f to %.3f";

    /** Number of checks without a cut before {@link Adwin} may raise a new alarm. */
    private static final int QUIET = 10;

    private final Standardiser scale;
    private final PageHinkley test;
    private final Adwin adwin;
    private double sum;
    private int quiet;

    ErrorDriftDetector(DriftState.ErrorPart state) {
        scale = new Standardiser(state.scale());
        test = new PageHinkley(state.test());
        adwin = new Adwin(state.adwin());
        sum = state.sum();
        quiet = state.quiet();
    }

    /** Takes the next image's error, 0 … 1. */
    void add(double error, DriftSettings settings) {
        if (settings.detector().adwin()) {
            adwin.add(error);
        }
        sum += error;
    }

    /** Asks both tests of the images since they were last asked. */
    void ask(int images, DriftSettings settings, DriftMonitor.Marker marker) {
        double error = sum / images;
        sum = 0;
        double usual = scale.mean();
        // the dependence is estimated before this batch is included, so that a drift does not inflate it
        double dependence = dependence(images);
        boolean settled = scale.settled();
        double standardised = scale.standardised(error);
        if (settings.detector().adwin() && settled) {
            askAdwin(dependence, settings, marker);
        }
        if (settings.detector().pageHinkley() && test.add(standardised, settings.pageHinkley())) {
            marker.seen("page-hinkley", ROSE, usual, error);
            scale.reset();
        }
    }

    /** The long-run variance of the images' errors over their variance, 1 or more: 1 where they are independent. */
    private double dependence(int images) {
        double variance = adwin.variance();
        return variance > 0 ? Math.max(1, scale.longRunVariance() * images / variance) : 1;
    }

    private void askAdwin(double dependence, DriftSettings settings, DriftMonitor.Marker marker) {
        Optional<Adwin.Cut> cut = adwin.cut(settings.adwin().delta(), dependence);
        boolean rose = cut.isPresent() && cut.get().after() > cut.get().before();
        // the window shrinks in steps: those that follow at once are of the same drift
        boolean drift = rose
                && (quiet > 0
                        || cut.get().after()
                                >= cut.get().before() * (1 + settings.adwin().minIncrease()));
        if (drift && quiet == 0) {
            marker.seen("adwin", ROSE, cut.get().before(), cut.get().after());
        }
        quiet = drift ? QUIET : Math.max(0, quiet - 1);
    }

    DriftState.ErrorPart state() {
        return new DriftState.ErrorPart(scale.state(), test.state(), adwin.state(), sum, quiet);
    }
}
