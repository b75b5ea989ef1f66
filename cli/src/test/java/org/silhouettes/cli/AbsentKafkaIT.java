package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.testkit.TakenPort;

/** Commands that connect to a Kafka report soon that there is none. */
class AbsentKafkaIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"produce", "job", "dashboard", "replay-rejected"})
    void anAbsentKafkaIsReportedWithinSeconds(String command) {
        String nowhere;
        try (TakenPort reserved = new TakenPort()) {
            nowhere = "127.0.0.1:" + reserved.port();
        }
        long start = System.nanoTime();
        int code = command.equals("dashboard")
                ? run(command, "--bootstrap-servers", nowhere, "--port", "0")
                : run(command, "--bootstrap-servers", nowhere);
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("no Kafka broker answered at \"" + nowhere + "\"");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
    }
}
