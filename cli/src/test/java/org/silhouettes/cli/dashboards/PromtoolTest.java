package org.silhouettes.cli.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool takes the alerts, proves what they do on made-up series, and takes Grafana's expressions. */
class PromtoolTest {

    private static final Path FOLDER = Provisioning.FOLDER.resolve("prometheus");

    @TempDir
    private Path folder;

    @BeforeAll
    static void isThere() {
        assumeTrue(
                Prometheus.program("promtool").isPresent(),
                "no promtool on this machine's PATH: install it with apt-get install prometheus");
    }

    @Test
    void takesTheAlerts() throws Exception {
        assertThat(promtool("check", "rules", FOLDER.resolve("alerts.yml").toString()))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertIsRaisedByItsTroubleAndByNothingElse() throws Exception {
        assertThat(promtool("test", "rules", FOLDER.resolve("alerts-test.yml").toString()))
                .contains("SUCCESS");
        String tests = Files.readString(FOLDER.resolve("alerts-test.yml"));
        assertThat(Provisioning.alertNames()).hasSizeGreaterThan(5).allSatisfy(alert -> assertThat(tests)
                .contains("alertname: " + alert + ",")
                .containsPattern("alertname=\"" + alert + "\""));
    }

    @Test
    void takesWhatGrafanaAsks() throws Exception {
        List<String> expressions = new ArrayList<>(Provisioning.grafanaExpressions());
        expressions.addAll(Provisioning.annotations());
        StringBuilder rules = new StringBuilder("groups:\n  - name: grafana\n    rules:\n");
        for (int i = 0; i < expressions.size(); i++) {
            rules.append("      - record: asked:").append(i).append("\n        expr: >-\n          ");
            rules.append(expressions.get(i).replace("$model", ".*")).append("\n");
        }
        Path file = Files.writeString(folder.resolve("grafana.yml"), rules);
        assertThat(promtool("check", "rules", file.toString())).contains("SUCCESS: " + expressions.size() + " rules");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
