package org.silhouettes.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class WorkflowGraphTest {

    @Test
    void everyOperatorOfTheKafkaWorkflowHasItsFixedUidAndNoTypeIsGeneric() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaWorkflow.build(env, JobSettings.from(Map.of("codes.emit", "all")), Optional.of(Map.of(0, 10L)));
        StreamGraph graph = env.getStreamGraph();
        TreeSet<String> uids = new TreeSet<>();
        for (StreamNode node : graph.getStreamNodes()) {
            uids.add(node.getTransformationUID());
        }
        for (Operators operator : Operators.values()) {
            assertThat(uids).anyMatch(uid -> uid.endsWith(operator.uid()));
        }
        assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
        // building the job graph makes every serializer, which throws where one would be generic
        assertThat(graph.getJobGraph().getNumberOfVertices()).isGreaterThan(1);
    }

    @Test
    void codesHaveNoSinkUnlessTheyAreAskedFor() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaWorkflow.build(env, JobSettings.defaults(), Optional.empty());
        assertThat(env.getStreamGraph().getStreamNodes())
                .noneMatch(node -> node.getOperatorName().startsWith("codes"));
    }
}
