package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.GenericMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.metrics.ValueGroups;

/** Gauges of a model that is removed are unregistered, and nothing of its group is kept. */
class ModelGaugesTest {

    @Test
    void aRemovedGroupIsUnregisteredAndItsNameCanComeAgain() throws Exception {
        Set<String> registered = new TreeSet<>();
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) ->
                        registered.add(group.getAllVariables().get("<model>") + " " + name))
                .setUnregisterConsumer((metric, name, group) ->
                        registered.remove(group.getAllVariables().get("<model>") + " " + name))
                .build();
        MetricGroup group = new GenericMetricGroup(registry, null, "silhouettes");
        for (int n = 0; n < 1000; n++) {
            MetricGroup model = group.addGroup("model", "m" + n);
            model.gauge("version", (Gauge<Integer>) () -> 1);
            if (n != 7) {
                ValueGroups.remove(model, "m" + n);
            }
        }
        assertThat(registered).containsExactly("m7 version");
        Object key = groups(group).get("model");
        assertThat(groups(key)).hasSize(1);
        group.addGroup("model", "m3").gauge("version", (Gauge<Integer>) () -> 2);
        assertThat(registered).containsExactly("m3 version", "m7 version");
    }

    private static Map<?, ?> groups(Object group) throws ReflectiveOperationException {
        Field field = AbstractMetricGroup.class.getDeclaredField("groups");
        field.setAccessible(true);
        return (Map<?, ?>) field.get(group);
    }
}
