package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.wire.Topics;

/** The quick part of the fault table; all of it is {@link FaultTableIT}, with {@code mvn verify -Pfaults}. */
@Timeout(600)
class QuickFaultsIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static FaultLab lab;

    @BeforeAll
    static void startAndRunFaultFree() throws Exception {
        lab = new FaultLab(folder);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void everyImageOfTheFaultFreeRunIsEncodedOnce() {
        Outcome outcome = lab.faultFree();
        assertThat(outcome.count(Topics.CODES)).isEqualTo(FaultLab.STREAM.size());
        for (int n = 0; n < FaultLab.STREAM.size(); n++) {
            assertThat(outcome.has(Topics.CODES, FaultLab.STREAM.model(n) + "/" + FaultLab.STREAM.id(n)))
                    .isTrue();
        }
        assertThat(outcome.count(Topics.REJECTED)).isZero();
    }

    @Test
    void nothingIsLostOrDoubledByTheKillOfTheTaskManager() {
        FaultRow row = new ProcessFaults(lab).taskManagerKilled(1, 1);
        assertThat(row.held()).as("%s", row).isTrue();
    }

    @Test
    void nothingIsLostOrDoubledByABrokerThatStandsStill() {
        FaultRow row = new ProcessFaults(lab).sinkBlocked(1, Duration.ofSeconds(3));
        assertThat(row.held()).as("%s", row).isTrue();
    }
}
