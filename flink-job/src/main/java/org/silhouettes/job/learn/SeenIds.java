package org.silhouettes.job.learn;

import java.time.Duration;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.silhouettes.job.record.ImageRecord;

/**
 * Ids of the images that the current key's model has taken, for a time: a second image of the same id is a duplicate
 * until then. An image that was rejected may come again, and one without an id is never a duplicate.
 */
final class SeenIds {

    private static final String STATE = "seen-ids";

    /** Null where duplicates are not looked for. */
    private final MapState<String, Boolean> ids;

    /** @param kept how long an id is remembered after its image came, by the clock; zero looks for no duplicates */
    SeenIds(KeyedStateStore store, Duration kept) {
        if (kept.isZero()) {
            ids = null;
        } else {
            MapStateDescriptor<String, Boolean> descriptor =
                    new MapStateDescriptor<>(STATE, Types.STRING, Types.BOOLEAN);
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(kept)
                    .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
                    .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
                    .cleanupInRocksdbCompactFilter(1000)
                    .build());
            ids = store.getMapState(descriptor);
        }
    }

    boolean isDuplicate(ImageRecord image) throws Exception {
        return ids != null && image.id() != null && ids.contains(image.id());
    }

    /** Forgets all ids of a model that is removed. */
    void clear() {
        if (ids != null) {
            ids.clear();
        }
    }

    void taken(ImageRecord image) throws Exception {
        if (ids != null && image.id() != null) {
            ids.put(image.id(), true);
        }
    }
}
