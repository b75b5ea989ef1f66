package org.silhouettes.job.learn;

import org.silhouettes.wire.message.ModelVersion;

/**
 * A model and its run, which together name one history.
 *
 * @param name the model's name
 * @param id see {@link org.silhouettes.wire.RunId}
 */
record ModelRun(String name, String id) {

    /** What an output record is about. */
    ModelVersion at(long version) {
        return new ModelVersion(name, id, version);
    }
}
