package org.silhouettes.wire.message;

import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.WireFormat;

/**
 * What an output record is about.
 *
 * @param model name of the model
 * @param run see {@link RunId}
 * @param version number of dictionary updates; −1 while the model warms up
 */
public record ModelVersion(String model, String run, long version) {

    private static final int MAX_RUN = 64;

    /** The headers that each output record of a model begins with. */
    RecordHeaders headers() {
        return RecordHeaders.of(
                Headers.MODEL,
                model,
                Headers.VERSION,
                Long.toString(version),
                Headers.RUN,
                run,
                Headers.FORMAT,
                WireFormat.CURRENT);
    }

    /**
     * Reads the headers of an output record.
     *
     * @throws IllegalArgumentException where one is missing or malformed, or the format is not readable
     */
    static ModelVersion of(RecordHeaders headers) {
        WireFormat.requireReadable(headers);
        return new ModelVersion(headers.required(Headers.MODEL), run(headers), headers.number(Headers.VERSION));
    }

    /** The run's id; records of releases before there were run ids are of one run. */
    static String run(RecordHeaders headers) {
        String run = headers.text(Headers.RUN, RunId.EARLIER);
        if (run.length() > MAX_RUN) {
            throw new IllegalArgumentException(
                    "header run has " + run.length() + " characters, at most " + MAX_RUN + " are taken");
        }
        return run;
    }
}
