package org.silhouettes.core.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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
    private double least;

    /**
     * Takes the next standardised value; returns whether it is an alarm.
     *
     * @param settings δ, the increase that is ignored, and λ, the sum that is an alarm
     */
    boolean add(double value, PageHinkleySettings settings) {
        sum += Math.min(MAX_VALUE, value) - settings.tolerance();
        least = Math.min(least, sum);
        boolean alarm = sum - least > settings.threshold();
        if (alarm) {
            reset();
        }
        return alarm;
    }

    void reset() {
        sum = 0;
        least = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(sum);
        out.writeDouble(least);
    }

    static PageHinkley read(DataInput in) throws IOException {
        PageHinkley test = new PageHinkley();
        test.sum = in.readDouble();
        test.least = in.readDouble();
        return test;
    }
}
