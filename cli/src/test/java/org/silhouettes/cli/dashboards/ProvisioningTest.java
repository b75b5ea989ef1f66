package org.silhouettes.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.Operators;
import org.silhouettes.job.metrics.MetricNames;

/** Grafana's dashboard and Prometheus' alerts ask for metrics that the job exports, by their exact names. */
class ProvisioningTest {

    private static final String OWN = "flink_taskmanager_job_task_operator_" + MetricNames.GROUP + "_";

    /** Of Flink itself and of its Kafka source, as its reporter names them. */
    private static final Set<String> FLINKS = Set.of(
            "flink_jobmanager_job_uptime",
            "flink_jobmanager_job_downtime",
            "flink_jobmanager_job_numRestarts",
            "flink_jobmanager_job_lastCheckpointCompletedTimestamp",
            "flink_jobmanager_job_lastCheckpointDuration",
            "flink_jobmanager_job_lastCheckpointSize",
            "flink_jobmanager_job_lastCheckpointFullSize",
            "flink_jobmanager_job_numberOfCompletedCheckpoints",
            "flink_jobmanager_job_numberOfFailedCheckpoints",
            "flink_taskmanager_job_task_busyTimeMsPerSecond",
            "flink_taskmanager_job_task_backPressuredTimeMsPerSecond",
            "flink_taskmanager_job_task_operator_pendingRecords",
            "flink_taskmanager_Status_JVM_Memory_Heap_Used",
            "flink_taskmanager_Status_JVM_Memory_Heap_Max",
            "flink_taskmanager_Status_JVM_Memory_NonHeap_Used",
            "flink_taskmanager_Status_Flink_Memory_Managed_Used");

    @Test
    void everyMetricAskedForIsExported() throws IOException {
        Set<String> exported = new HashSet<>(FLINKS);
        for (String name : ownNames()) {
            exported.add(OWN + name);
            exported.add(OWN + MetricNames.MODEL + "_" + name);
            exported.add(OWN + MetricNames.REASON + "_" + name);
        }
        assertThat(asked(Provisioning.DASHBOARD)).isNotEmpty().isSubsetOf(exported);
        assertThat(asked(Provisioning.ALERTS)).isNotEmpty().isSubsetOf(exported);
    }

    @Test
    void theOperatorSeesEverythingThatConcernsHim() throws IOException {
        Set<String> asked = asked(Provisioning.DASHBOARD);
        for (String name : List.of(
                MetricNames.IMAGES,
                MetricNames.LEARNED,
                MetricNames.ENCODED,
                MetricNames.REJECTED,
                MetricNames.CACHE_BYTES,
                MetricNames.CACHE_LOADS,
                MetricNames.CHECKPOINT_MILLIS)) {
            assertThat(asked).contains(OWN + name);
        }
        for (String name : List.of(
                MetricNames.MODEL_LOSS,
                MetricNames.MODEL_ACTIVE_GROUPS,
                MetricNames.MODEL_SILENT,
                MetricNames.MODEL_ATOM_RESETS,
                MetricNames.MODEL_GROUP_RESETS,
                MetricNames.MODEL_DROPPED,
                MetricNames.MODEL_VERSION)) {
            assertThat(asked).contains(OWN + MetricNames.MODEL + "_" + name);
        }
        assertThat(asked).contains(OWN + MetricNames.REASON + "_" + MetricNames.REJECTED);
    }

    @Test
    void operatorsAreSelectedByTheNamesTheyHave() throws IOException {
        String dashboard = Files.readString(Provisioning.DASHBOARD);
        Set<String> selected = Pattern.compile("operator_name=\\\\\"([a-z]+)\\\\\"")
                .matcher(dashboard)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        assertThat(selected).containsExactlyInAnyOrder(Operators.DECODE.title(), Operators.LEARN.title());
    }

    @Test
    void panelsAreDistinctDescribedAndDoNotOverlap() throws IOException {
        JsonNode panels =
                new ObjectMapper().readTree(Provisioning.DASHBOARD.toFile()).path("panels");
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode at = panel.path("gridPos");
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y))
                            .as(panel.path("title").asText())
                            .isTrue();
                    assertThat(x).isLessThan(24);
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("description").asText()).isNotBlank();
                assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("silhouettes-prometheus");
            }
        }
        assertThat(Files.readString(Provisioning.FOLDER.resolve("grafana/provisioning/datasources/prometheus.yaml")))
                .contains("uid: silhouettes-prometheus");
    }

    private static Set<String> asked(Path file) throws IOException {
        return Provisioning.METRIC
                .matcher(Files.readString(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> ownNames() {
        return Stream.of(MetricNames.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("public fields can be read", e);
                    }
                })
                .toList();
    }
}
