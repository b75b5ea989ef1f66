package org.silhouettes.job.metrics;

import java.lang.reflect.Field;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;

/**
 * Removes metric groups. Flink closes a group but keeps it in the group above for ever: with names that never come again
 * memory would grow. Where Flink's fields have other names, the group is closed and kept.
 */
public final class ValueGroups {

    private ValueGroups() {}

    /** Unregisters all metrics of a group made by {@code addGroup(key, value)} and drops it. */
    public static void remove(MetricGroup group, String value) {
        if (group instanceof AbstractMetricGroup<?> own) {
            own.close();
            try {
                Object above = field("parent").get(own);
                Map<?, ?> groups = (Map<?, ?>) field("groups").get(above);
                synchronized (above) {
                    groups.remove(value, own);
                }
            } catch (ReflectiveOperationException | RuntimeException e) {
                // closed all the same
            }
        }
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = AbstractMetricGroup.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
