package org.silhouettes.dashboards.testing;

/** The model "mnist" of ten classes, whose versions and images come to Kafka as from a job. */
public final class LearnedModel implements AutoCloseable {

    private static final long FIRST_NEWEST = 900;

    private final FakeJob job;
    private long newest = -1;

    public LearnedModel(String bootstrapServers) {
        this.job = new FakeJob(bootstrapServers, "mnist", 32, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    /** The newest version in Kafka; negative before {@link #learn}. */
    public long newest() {
        return newest;
    }

    /** Reports the warm-up. */
    public void warmUp(int images) {
        job.warmUp(images);
    }

    /** Sends 300 images, 25 versions from 0 to 900, reports between them, and a rejected image; once. */
    public void learn() throws Exception {
        if (newest >= 0) {
            return;
        }
        newest = FIRST_NEWEST;
        for (int i = 0; i < 300; i++) {
            job.image(i % 10);
        }
        for (long version : new long[] {0, 1, 2, 4, 8, 16, 32}) {
            job.snapshot(version);
        }
        for (long version = 40; version <= newest; version += 10) {
            if (version % 50 == 0) {
                job.snapshot(version);
            } else {
                job.activity(version);
            }
        }
        job.rejected("image has 3072 values, model \"mnist\" expects 784 (28x28x1)");
        job.flush();
    }

    /** Sends one more version. */
    public void learnNextVersion() throws Exception {
        newest += 50;
        job.snapshot(newest);
        job.flush();
    }

    @Override
    public void close() {
        job.close();
    }
}
