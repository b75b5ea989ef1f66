package org.silhouettes.job.learn;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Array values in JSON: five decimals, which is a fifth of what a float takes in full when most are 0. */
final class Decimals {

    private static final double SCALE = 1e5;

    private Decimals() {}

    static void write(JsonGenerator json, float value) throws IOException {
        if (value == 0 || !Float.isFinite(value)) {
            json.writeNumber(0);
        } else {
            json.writeNumber(Math.rint(value * SCALE) / SCALE);
        }
    }
}
