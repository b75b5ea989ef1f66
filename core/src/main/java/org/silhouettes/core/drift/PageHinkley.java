package org.silhouettes.core.drift;

import org.silhouettes.core.state.PageHinkleyState;

/**
 * Page and Hinkley's test for a mean that has risen (Page 1954, Hinkley 1971): m_t = Σ (z_i − δ), and an alarm where m_t −
 * min m > λ. Values have to come standardised, see {@link Standardiser}: then δ and λ have no unit, and noise alone takes
 * about e^(2δλ) / (2δ²) values from one false alarm to the next. A value counts as {@link #MAX_VALUE} at most, so that no outlier
 * alone is an alarm. After an alarm the test starts over.
 */
final class PageHinkley {

    /** Largest value that counts. */
    static final double MAX_VALUE = 4;

    private double sum;
    private double min;

    PageHinkley(PageHinkleyState state) {
        sum = state.sum();
        min = state.min();
    }

    /**
     * Takes the next standardised value; returns whether it is an alarm.
     *
     * @param settings δ, the increase that is ignored, and λ, the sum that is an alarm
     */
    boolean add(double value, PageHinkleySettings settings) {
        sum += Math.min(MAX_VALUE, value) - settings.tolerance();
        min = Math.min(min, sum);
        boolean alarm = sum - min > settings.threshold();
        if (alarm) {
            reset();
        }
        return alarm;
    }

    void reset() {
        sum = 0;
        min = 0;
    }

    PageHinkleyState state() {
        return new PageHinkleyState(sum, min);
    }
}
