package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.silhouettes.job.learn.ReportSchedule.Report;

class ReportScheduleTest {

    private static final int ACTIVITY_EVERY = 3;
    private static final long NO_SNAPSHOT = 41;

    private final ReportSchedule schedule =
            new ReportSchedule(new ReportSettings(50, ACTIVITY_EVERY, CodesEmit.NONE, 1_000_000), 0);

    @Test
    void anActivityRecordIsDueEveryFewMiniBatches() {
        encoded(ACTIVITY_EVERY - 1);
        assertThat(updated()).isEqualTo(Report.NONE);
        encoded(1);
        assertThat(updated()).isEqualTo(Report.ACTIVITY);
        assertThat(schedule.sinceReport()).isEqualTo(ACTIVITY_EVERY);

        schedule.emitted();

        assertThat(schedule.sinceReport()).isZero();
        assertThat(updated()).isEqualTo(Report.NONE);
    }

    @Test
    void aRestoredScheduleContinuesItsCount() {
        ReportSchedule restored = new ReportSchedule(
                new ReportSettings(50, ACTIVITY_EVERY, CodesEmit.NONE, 1_000_000), ACTIVITY_EVERY - 1);

        assertThat(restored.unlearned()).isEqualTo(Report.NONE);
        restored.encoded();

        assertThat(restored.unlearned()).isEqualTo(Report.ACTIVITY);
    }

    @ParameterizedTest
    @CsvSource({
        "41, false, false, NONE",
        "41, false, true, ACTIVITY",
        "41, true, false, SNAPSHOT",
        "1, false, false, SNAPSHOT",
        "32, false, true, SNAPSHOT",
        "64, false, false, NONE",
        "100, false, false, SNAPSHOT"
    })
    void anUpdateIsReportedByItsVersionGrowthAndMarks(long version, boolean grown, boolean marked, Report due) {
        encoded(1);

        assertThat(schedule.updated(version, grown, marked, false)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"50, false, SNAPSHOT", "50, true, SNAPSHOT", "41, false, ACTIVITY", "41, true, SNAPSHOT"})
    void theLastUpdateOfAFlushIsReportedWithTheFlush(long version, boolean requested, Report due) {
        encoded(ACTIVITY_EVERY);

        assertThat(schedule.updated(version, false, true, true)).isEqualTo(Report.NONE);

        assertThat(schedule.flushed(requested)).isEqualTo(due);
    }

    @Test
    void aDeferredSnapshotIsEmittedOnce() {
        schedule.updated(50, false, false, true);
        assertThat(schedule.flushed(false)).isEqualTo(Report.SNAPSHOT);

        schedule.emitted();

        assertThat(schedule.flushed(false)).isEqualTo(Report.ACTIVITY);
    }

    private void encoded(int batches) {
        for (int i = 0; i < batches; i++) {
            schedule.encoded();
        }
    }

    private Report updated() {
        return schedule.updated(NO_SNAPSHOT, false, false, false);
    }
}
