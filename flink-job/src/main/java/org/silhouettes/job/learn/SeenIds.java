package org.silhouettes.job.learn;

import java.time.Duration;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.silhouettes.job.record.ImageRecord;

/**
 * Ids of the images that the current key's model accepted recently. A second image with such an id is a duplicate. Rejected images
 * may be sent again; images without an id are never duplicates.
 */
final class SeenIds {

    private static final String STATE = "seen-ids";

    /** Null if deduplication is disabled. */
    private final MapState<String, Boolean> ids;

    /** @param kept time for which an id is remembered, by the clock; zero disables deduplication */
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

    /** Clears all ids of a removed model. */
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
