package org.silhouettes.job.learn;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.RunId;

/**
 * Run ids of models in keyed state; methods refer to the current key. Models of savepoints from before run ids have none: their
 * run is {@link RunId#EARLIER}.
 */
final class RunIds {

    private final ValueState<String> ids;
    private final TopicHistory topics;
    private final String settingsHash;

    RunIds(KeyedStateStore store, TopicHistory topics, String settingsHash) {
        this.ids = store.getState(new ValueStateDescriptor<>("run-ids", Types.STRING));
        this.topics = topics;
        this.settingsHash = settingsHash;
    }

    /** The run of the existing model. */
    String current() throws Exception {
        String id = ids.value();
        return id == null ? RunId.EARLIER : id;
    }

    /** Starts a run of the model with its first image; returns the id. */
    String begin(RawRecord first) throws Exception {
        String id = RunId.of(topics.topicId(first.topic()), first.partition(), first.offset(), settingsHash);
        ids.update(id);
        return id;
    }

    /** Clears the run of a deleted model. */
    void forget() {
        ids.clear();
    }
}
