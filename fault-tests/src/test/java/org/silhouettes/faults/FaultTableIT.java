package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole fault table, printed and written as JSON: {@code mvn verify -Pfaults}. */
@Tag("faults")
@Timeout(900)
class FaultTableIT {

    /** System property with the file that the table is written to. */
    private static final String REPORT = "faults.report";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static final FaultTable TABLE = new FaultTable();
    private static FaultLab lab;

    @BeforeAll
    static void startAndRunFaultFree() throws Exception {
        lab = new FaultLab(folder);
    }

    @AfterAll
    static void stopAndWriteTable() throws IOException {
        if (lab != null) {
            lab.close();
        }
        System.out.println(TABLE.markdown());
        TABLE.write(Path.of(System.getProperty(REPORT, "target/faults.json")));
    }

    @Test
    void taskManagerKilledTwentyTimes() throws Exception {
        holds(() -> new ProcessFaults(lab).taskManagerKilled(20, 20));
    }

    @Test
    void jobManagerKilled() throws Exception {
        holds(() -> new ProcessFaults(lab).jobManagerKilled(3));
    }

    @Test
    void highlyAvailableJobManagerKilled() throws Exception {
        holds(() -> new ProcessFaults(lab).highlyAvailableJobManagerKilled(2));
    }

    @Test
    void operatorThrowsBetweenCheckpoints() throws Exception {
        holds(() -> new OperatorFaults(lab).betweenCheckpoints());
    }

    @Test
    void operatorThrowsDuringCheckpoints() throws Exception {
        holds(() -> new OperatorFaults(lab).duringCheckpoints());
    }

    @Test
    void brokerKilled() throws Exception {
        holds(() -> new ProcessFaults(lab).brokerKilled(3));
    }

    @Test
    void checkpointFolderAway() throws Exception {
        holds(() -> new ProcessFaults(lab).checkpointFolderAway());
    }

    @Test
    void sinkBlocked() throws Exception {
        holds(() -> new ProcessFaults(lab).sinkBlocked(2, Duration.ofSeconds(8)));
    }

    @Test
    void submittedAgainTwentyTimes() throws Exception {
        holds(() -> new Resubmissions(lab).submittedAgain(20));
    }

    @Test
    void tenThousandFuzzedRecords() throws Exception {
        holds(() -> new InputFaults(lab).fuzzed(10_000, 11));
    }

    @Test
    void everyImageDeliveredTwice() throws Exception {
        holds(() -> new InputFaults(lab).deliveredTwice());
    }

    @Test
    void topicCreatedAgain() throws Exception {
        holds(() -> new InputFaults(lab).topicCreatedAgain());
    }

    @Test
    void poisonRecordsAmongGoodOnes() throws Exception {
        holds(() -> new InputFaults(lab).poisoned());
    }

    @Test
    void oldSavepointsAreRestored() throws Exception {
        holds(() -> new RestoreFaults(lab).oldSavepoints());
    }

    @Test
    void restoredWithAnotherParallelism() throws Exception {
        holds(() -> new RestoreFaults(lab).changedParallelism());
    }

    @Test
    void codesTurnedOffAndOn() throws Exception {
        holds(() -> new RestoreFaults(lab).codesTurnedOffAndOn());
    }

    @Test
    void restoredByFileUriAndPath() throws Exception {
        holds(() -> new RestoreFaults(lab).fileUriAndPath());
    }

    @Test
    void checkpointsInAnObjectStore() throws Exception {
        holds(() -> new RestoreFaults(lab).objectStore());
    }

    @Test
    void rescaledByTheAdaptiveScheduler() throws Exception {
        holds(() -> new RestoreFaults(lab).adaptiveScheduler());
    }

    @Test
    void topicCreatedAgainUnderAnotherName() throws Exception {
        holds(() -> new KafkaFaults(lab).topicOfAnotherName());
    }

    @Test
    void downLongerThanTheTransactionTimeout() throws Exception {
        holds(() -> new KafkaFaults(lab).transactionsExpired());
    }

    private static void holds(Callable<FaultRow> fault) throws Exception {
        FaultRow row = fault.call();
        TABLE.add(row);
        assertThat(row.held()).as("%s", row).isTrue();
    }
}
