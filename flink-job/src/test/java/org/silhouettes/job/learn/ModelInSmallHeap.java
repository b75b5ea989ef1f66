package org.silhouettes.job.learn;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.Topics;

/**
 * A process that takes models from their first image to a checkpoint and back, without Flink around them. Arguments: models,
 * height and width of the first one's images, images of each, then options with their values; every further model has images
 * of one more row.
 */
public final class ModelInSmallHeap {

    /** Classes of the images. */
    static final int CLASSES = 40;

    private final LearningSettings settings;
    private final ModelCache cache;
    private final ModelReports reports;
    private final ModelTrainingSteps engines;
    private final ModelStateSerializer serializer = new ModelStateSerializer();
    /** As a backend holds one. */
    private final DataOutputSerializer written = new DataOutputSerializer(32);

    private byte[] copy;

    private ModelInSmallHeap(LearningSettings settings) {
        this.settings = settings;
        this.engines = ModelTrainingSteps.of(settings, this::makeRoom);
        this.cache = new ModelCache(settings.models().cacheBytes(), this::write, engines);
        LearningMetrics metrics = new LearningMetrics(new UnregisteredMetricsGroup());
        this.reports = new ModelReports(settings, metrics, (tag, record) -> {}, () -> 0);
    }

    public static void main(String[] arguments) throws Exception {
        int models = Integer.parseInt(arguments[0]);
        int height = Integer.parseInt(arguments[1]);
        int width = Integer.parseInt(arguments[2]);
        int images = Integer.parseInt(arguments[3]);
        ModelInSmallHeap heap = new ModelInSmallHeap(settings(arguments, 4));
        for (int m = 0; m < models; m++) {
            heap.learn("model-" + m, new ImageShape(height + m, width, 1), images);
        }
        System.out.println("learned");
    }

    static LearningSettings settings(String[] options, int from) {
        Map<String, String> map = new TreeMap<>();
        for (int i = from; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return JobSettings.from(map).learning();
    }

    private void learn(String name, ImageShape shape, int images) throws Exception {
        learnAndWrite(name, shape, images);
        CachedModel again =
                new CachedModel(new Model(new ModelRun(name, "run"), read(), settings, engines, reports), false);
        cache.put(again);
        again.model().accept(image(name, shape, images, true));
        cache.account(again);
    }

    private void learnAndWrite(String name, ImageShape shape, int images) throws Exception {
        CachedModel model =
                new CachedModel(new Model(new ModelRun(name, "run"), shape, settings, engines, reports), false);
        cache.put(model);
        for (int n = 0; n < images; n++) {
            model.model().accept(image(name, shape, n, n == images - 1));
            cache.account(model);
        }
        cache.writeChanged();
        cache.remove(model);
    }

    private void makeRoom(double bytes) {
        try {
            cache.makeRoom(bytes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(CachedModel model) throws Exception {
        written.clear();
        serializer.serialize(model.model().state(), written);
        copy = written.getCopyOfBuffer();
    }

    private ModelState read() throws Exception {
        byte[] bytes = copy;
        copy = null;
        return serializer.deserialize(new DataInputDeserializer(bytes));
    }

    /** A bar at a place that tells the class, in noise. */
    static ImageRecord image(String model, ImageShape shape, int n, boolean flush) {
        Random random = new Random(n);
        byte[] samples = new byte[shape.values()];
        int label = random.nextInt(CLASSES);
        for (int i = 0; i < samples.length; i++) {
            int along = label % 2 == 0 ? i / shape.width() : i % shape.width();
            int side = label % 2 == 0 ? shape.height() : shape.width();
            boolean bar = along * (CLASSES / 2) / side == label / 2;
            samples[i] = (byte) (random.nextInt(40) + (bar ? 180 : 0));
        }
        RawRecord raw =
                new RawRecord(model.getBytes(StandardCharsets.UTF_8), samples, RecordHeaders.NONE, Topics.IMAGES, 0, n);
        StreamImage image = new StreamImage(samples, "class " + label, n % 3 == 0 ? "#" + n : null, true);
        return new ImageRecord(model, new ImageShape(shape.height(), shape.width(), 1), image, flush, true, raw);
    }
}
