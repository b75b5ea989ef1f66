package org.silhouettes.producers.replay;

import java.io.IOException;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.Seeds;

/** The images of a replay, transformed as it sends them, without sending any. Not thread-safe. */
public final class ReplayedImages {

    private final ImageSource source;
    private final Schedule schedule;
    private final long noiseSeed;

    /** @throws IllegalArgumentException where the options do not fit the source */
    public ReplayedImages(ImageSource source, ReplayOptions options) {
        this.source = source;
        this.schedule = Schedules.of(source, options);
        this.noiseSeed = Replay.noiseSeed(options);
    }

    /** What stands at a position, 0 … {@link Replay#length} − 1; its id is the source's. */
    public LabelledImage image(long position) throws IOException {
        Draw draw = schedule.at(position);
        LabelledImage image = source.image(draw.index());
        byte[] samples = Transform.applyAll(
                draw.transforms(), image.samples(), image.shape(), Seeds.random(noiseSeed, position));
        return new LabelledImage(samples, image.shape(), image.label(), image.id(), image.takenAt());
    }
}
