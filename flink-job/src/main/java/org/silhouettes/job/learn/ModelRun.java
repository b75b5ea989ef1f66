package org.silhouettes.job.learn;

import org.silhouettes.wire.message.ModelVersion;

/**
 * A model and its run, which together identify a history.
 *
 * @param name name of the model
 * @param id see {@link org.silhouettes.wire.RunId}
 */
record ModelRun(String name, String id) {

    /** The version that an output record describes. */
    ModelVersion at(long version) {
        return new ModelVersion(name, id, version);
    }
}
