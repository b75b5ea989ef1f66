package org.silhouettes.job.learn;

import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;

/**
 * A model and its run, which together name one history.
 *
 * @param name the model's name
 * @param id see {@link org.silhouettes.wire.RunId}
 */
record ModelRun(String name, String id) {

    /** The headers that each output record of the model begins with. */
    RecordHeaders headers(long version) {
        return RecordHeaders.of(Headers.MODEL, name, Headers.VERSION, Long.toString(version), Headers.RUN, id);
    }
}
