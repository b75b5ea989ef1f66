package org.silhouettes.experiments.bench;

import java.io.IOException;

/** Somebody who can be timed at the steps. */
public interface Benchmark extends AutoCloseable {

    /** Its name in reports. */
    String name();

    /** Whether it has a counterpart of the step. */
    boolean takesPart(Step step);

    /**
     * Starts from the input's dictionary and works on its images for a while.
     *
     * @param batch images of a mini-batch
     * @return images per second
     */
    double imagesPerSecond(Step step, int batch, double seconds) throws IOException;

    @Override
    void close();
}
