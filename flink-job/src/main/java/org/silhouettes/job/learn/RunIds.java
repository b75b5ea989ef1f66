package org.silhouettes.job.learn;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.RunId;

/**
 * The run ids of models in keyed state, one per key; every method is about the current key. A model of a savepoint from
 * before there were run ids has none here: its run is {@link RunId#EARLIER}, whatever the settings.
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

    /** The run of the model, which exists. */
    String current() throws Exception {
        String id = ids.value();
        return id == null ? RunId.EARLIER : id;
    }

    /** Begins a run of the model, which starts with that image, and returns its id. */
    String begin(RawRecord first) throws Exception {
        String id = RunId.of(topics.topicId(first.topic()), first.partition(), first.offset(), settingsHash);
        ids.update(id);
        return id;
    }

    /** Forgets the run of a model that is deleted. */
    void forget() {
        ids.clear();
    }
}
