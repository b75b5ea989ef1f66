package org.silhouettes.dashboards.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FlinkMonitorTest {

    @Test
    void theJobIsTheNewestOfItsNameThatHasNotEnded() throws Exception {
        assertThat(newest(job("other", "RUNNING", 9))).isNull();
        assertThat(newest(job("a", "FAILED", 1), job("other", "RUNNING", 9))).isNull();
        assertThat(newest(
                        job("silhouettes", "CANCELED", 5), job("silhouettes", "FAILED", 7), job("other", "RUNNING", 9)))
                .isEqualTo("7");
        assertThat(newest(
                        job("silhouettes", "RUNNING", 3),
                        job("silhouettes", "FAILED", 7),
                        job("silhouettes", "RUNNING", 4)))
                .isEqualTo("4");
    }

    private static String newest(String... jobs) throws Exception {
        var found = FlinkMonitor.newest(new ObjectMapper().readTree("[" + String.join(",", jobs) + "]"));
        return found == null ? null : found.path("jid").asText();
    }

    private static String job(String name, String state, long start) {
        return "{\"jid\":\"" + start + "\",\"name\":\"" + name + "\",\"state\":\"" + state + "\",\"start-time\":"
                + start + "}";
    }
}
