package org.silhouettes.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.options.JobSettings;

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
    void theGraphHasTheSameOperatorsWhateverTheOptions() {
        List<String> usual = uids(Map.of());
        for (Map<String, String> options : List.of(
                Map.of("codes.emit", "all"),
                Map.of("image.channels", "split"),
                Map.of("input.deduplicate", "1 h"),
                Map.of("flush.after", "1 s"),
                Map.of("labels.wait-for", "0"))) {
            assertThat(uids(options)).as("%s", options).isEqualTo(usual);
        }
    }

    private static List<String> uids(Map<String, String> options) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        KafkaWorkflow.build(env, JobSettings.from(options), Optional.empty());
        return env.getStreamGraph().getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .filter(uid -> uid != null)
                .sorted()
                .toList();
    }
}
