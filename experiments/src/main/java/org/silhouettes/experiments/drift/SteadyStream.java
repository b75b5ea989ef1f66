package org.silhouettes.experiments.drift;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.Order;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayedImages;

/**
 * A stream that does not change, so that every alarm is a false one.
 *
 * @param images that are learned from, over as many passes as that takes
 */
public record SteadyStream(ImageSource source, Order order, long images) {

    /** Images that alarms are counted by. */
    static final long PER = 10_000;

    /**
     * What came of one.
     *
     * @param images of all seeds together
     * @param alarms of all seeds together, by signal
     */
    public record Outcome(String name, long images, Map<String, Long> alarms) {

        /** Alarms of a signal in {@value SteadyStream#PER} images. */
        double rate(String signal) {
            return alarms.get(signal) * (double) PER / images;
        }
    }

    /** The streams that are measured: a data set as its files have it, the same shuffled where it ends, and drawn glyphs. */
    public static List<SteadyStream> of(ImageSource train, ImageSource glyphs, long images) {
        SteadyStream inOrder = new SteadyStream(train, Order.FILE, images);
        SteadyStream drawn = new SteadyStream(glyphs, Order.FILE, images);
        return train.size() == ImageSource.ENDLESS
                ? List.of(inOrder)
                : List.of(inOrder, new SteadyStream(train, Order.SHUFFLED, images), drawn);
    }

    /** As the tables call it. */
    public String name() {
        return source.size() == ImageSource.ENDLESS
                ? source.name()
                : source.name() + (order == Order.FILE ? " in file order" : " shuffled");
    }

    /**
     * Learns the stream as the job does by its defaults, with seeds 0, 1, …; tells each seed when it is done.
     *
     * @param chosen options of the job
     */
    public Outcome learned(Map<String, String> chosen, int seeds, IntConsumer done) throws IOException {
        Map<String, Long> alarms = new LinkedHashMap<>();
        DriftStudy.SIGNALS.forEach(signal -> alarms.put(signal, 0L));
        for (int seed = 0; seed < seeds; seed++) {
            alarmsOf(chosen, seed).forEach(alarm -> alarms.merge(alarm.signal(), 1L, Long::sum));
            done.accept(seed);
        }
        return new Outcome(name(), images * seeds, alarms);
    }

    private List<MonitoredLearner.Alarm> alarmsOf(Map<String, String> chosen, long seed) throws IOException {
        Map<String, String> options = new LinkedHashMap<>(chosen);
        options.put("model.seed", Long.toString(seed));
        JobSettings settings = JobSettings.from(options);
        ReplayOptions replay = ReplayOptions.builder()
                .models("steady")
                .order(order)
                .seed(seed)
                .passes(source.size() == ImageSource.ENDLESS ? 1 : (images - 1) / source.size() + 1)
                .images(images)
                .build();
        ReplayedImages stream = new ReplayedImages(source, replay);
        try (MonitoredLearner watched = new MonitoredLearner(
                source.shape(),
                settings.learning().learner(),
                settings.learning().drift())) {
            long end = Replay.length(source, replay);
            for (long position = 0; position < end; position++) {
                watched.learn(stream.image(position));
            }
            watched.flush();
            return watched.alarms();
        }
    }
}
