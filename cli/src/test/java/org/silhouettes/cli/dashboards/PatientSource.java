package org.silhouettes.cli.dashboards;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.SourceView;

/** Images that wait while the job has fallen behind: what is sent next is then seen soon, however slow the machine is. */
final class PatientSource implements SourceView {

    /** Images from one look at the job to the next. */
    private static final int LOOK_EVERY = 50;

    private final ImageSource source;
    private final BooleanSupplier isBehind;
    private volatile boolean stopped;

    PatientSource(ImageSource source, BooleanSupplier isBehind) {
        this.source = source;
        this.isBehind = isBehind;
    }

    /** Waits no longer. */
    void stop() {
        stopped = true;
    }

    @Override
    public ImageSource source() {
        return source;
    }

    @Override
    public LabelledImage image(long index) throws IOException {
        try {
            while (index % LOOK_EVERY == 0 && !stopped && isBehind.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return source.image(index);
    }
}
