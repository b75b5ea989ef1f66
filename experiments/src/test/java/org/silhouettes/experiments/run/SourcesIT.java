package org.silhouettes.experiments.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.Colour;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.dataset.ImageSize;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.fetch.DataPlaces;
import org.silhouettes.producers.fetch.DataUnavailableException;
import org.silhouettes.producers.replay.Encoding;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;

/** Images of every kind of source through one Kafka and one job, each to a model of its own. */
class SourcesIT {

    private static final int IMAGES = 200;
    private static final Map<String, String> OPTIONS = Map.of(
            "image.channels", "joint",
            "model.groups", "4",
            "model.group-size", "4",
            "model.batch", "16",
            "encoder.lambda", "1",
            "init.method", "kmeans",
            "init.warm-up", "64",
            "checkpoint.interval", "500 ms");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void everySourceIsLearnedFromUnderItsOwnName() throws Exception {
        DatasetOptions options = DatasetOptions.usual();
        DatasetOptions cifar = options.withPlaces(places(cifarFolder()).offline());
        Map<String, ImageSource> sources = new LinkedHashMap<>();
        sources.put("cifar10-colour", Datasets.open("cifar10", cifar));
        sources.put("cifar10-gray", Datasets.open("cifar10", cifar.withColour(Colour.GRAY)));
        sources.put(
                "folder",
                Datasets.open("folder:" + pictureFolder(), options.withSize(new ImageSize(16, 16), Fit.CROP)));
        sources.put("idx", Datasets.open(idxPair(), options));
        sources.put("glyphs", Datasets.open("glyphs", options));
        sources.put("planted", Datasets.open("planted:4x4", options));

        assertLearned(sources);
    }

    @Test
    void theRealMnistAndCifarAreLearnedFrom() throws Exception {
        Map<String, ImageSource> sources = new LinkedHashMap<>();
        for (String name : List.of("mnist", "cifar10")) {
            try {
                Path shared = Path.of("../../shared/data").resolve(name);
                sources.put(
                        name,
                        Datasets.open(
                                name,
                                DatasetOptions.usual()
                                        .withPlaces(DataPlaces.usual()
                                                .withFolder(shared)
                                                .offline())));
            } catch (DataUnavailableException e) {
                assumeTrue(!sources.isEmpty() || name.equals("mnist"), "skipped: " + e.getMessage());
            }
        }

        assertLearned(sources);
    }

    private void assertLearned(Map<String, ImageSource> sources) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
            long records = produce(kafka.bootstrapServers(), sources);
            JobSettings settings = LocalJob.settings(OPTIONS, kafka.bootstrapServers());
            JobID job = LocalJob.start(flink, settings, Optional.of(Map.of(0, records)));
            flink.result(job).get(2, TimeUnit.MINUTES);
            assertThat(flink.status(job)).isEqualTo(JobStatus.FINISHED);

            List<String> rejected = new ArrayList<>();
            TopicScan.committed(
                    kafka.bootstrapServers(),
                    Topics.REJECTED,
                    record -> rejected.add(WireRecord.of(record).headers().text("reason")));
            assertThat(rejected).isEmpty();
            Map<String, JsonNode> activity = lastActivity(kafka.bootstrapServers());
            assertThat(activity).containsOnlyKeys(sources.keySet());
            for (Map.Entry<String, ImageSource> source : sources.entrySet()) {
                assertModel(
                        source.getKey(), source.getValue(), activity.get(source.getKey()), kafka.bootstrapServers());
            }
        }
    }

    private static long produce(String bootstrapServers, Map<String, ImageSource> sources) throws IOException {
        long records = 0;
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(bootstrapServers, Map.of())) {
            for (Map.Entry<String, ImageSource> source : sources.entrySet()) {
                ReplayOptions options = ReplayOptions.builder()
                        .models(source.getKey())
                        // sources take turns in how they travel
                        .encoding(Encoding.values()[(int) (records / IMAGES % Encoding.values().length)])
                        .images(IMAGES)
                        .flush(true)
                        .build();
                new Replay(source.getValue(), options, producer, Progress.silent()).run();
                records += IMAGES;
            }
        }
        return records;
    }

    private static void assertModel(String name, ImageSource source, JsonNode activity, String bootstrapServers) {
        LearnedDictionary.Gatherer snapshots = new LearnedDictionary.Gatherer(name);
        TopicScan.committed(bootstrapServers, Topics.DICTIONARIES, snapshots::add);
        LearnedDictionary learned = snapshots.last();
        assertThat(learned.images()).as(name).isEqualTo(IMAGES);
        assertThat(learned.image()).as(name).isEqualTo(source.shape());
        assertThat(activity.path("learned").asInt()).as(name).isEqualTo(IMAGES);
        Map<String, Integer> counted = new TreeMap<>();
        activity.path("classes")
                .forEach(of ->
                        counted.put(of.path("label").asText(), of.path("images").asInt()));
        if (source.classes().isEmpty()) {
            assertThat(counted).as(name).isEmpty();
        } else {
            assertThat(source.classes()).as(name).containsAll(counted.keySet());
            assertThat(counted.values().stream().mapToInt(Integer::intValue).sum())
                    .as(name)
                    .isEqualTo(IMAGES);
        }
        JsonNode window = activity.path("window");
        assertThat(window.path("mse").asDouble())
                .as(name)
                .isPositive()
                .isLessThan(window.path("mseOfMean").asDouble());
    }

    private static Map<String, JsonNode> lastActivity(String bootstrapServers) {
        Map<String, JsonNode> last = new HashMap<>();
        TopicScan.committed(bootstrapServers, Topics.ACTIVITY, record -> {
            try {
                last.put(new String(record.key(), UTF_8), JSON.readTree(record.value()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return last;
    }

    private DataPlaces places(Path data) {
        return DataPlaces.usual(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()))
                .withFolder(data);
    }

    /** CIFAR-10's binary files, of which all but the first images are black and take no room on the disk. */
    private Path cifarFolder() throws IOException {
        int record = 1 + 3 * 1024;
        Path data = Files.createDirectories(folder.resolve("cifar"));
        Random64 random = new Random64(1);
        for (int file = 1; file <= 5; file++) {
            Path path = data.resolve("data_batch_" + file + ".bin");
            try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
                out.setLength(10_000L * record);
                for (int i = 0; file == 1 && i < IMAGES; i++) {
                    byte[] image = new byte[record];
                    image[0] = (byte) random.nextInt(10);
                    for (int p = 0; p < 3 * 1024; p++) {
                        image[1 + p] = (byte) (p / 32 % 32 * (image[0] % 5) + random.nextInt(64));
                    }
                    out.write(image);
                }
            }
        }
        return data;
    }

    /** PNG and JPEG files of many sizes, in colour and gray, in folders of two classes. */
    private Path pictureFolder() throws IOException {
        Path root = folder.resolve("pictures");
        for (int i = 0; i < IMAGES; i++) {
            boolean bright = i % 2 == 0;
            int kind = i % 3 == 0 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
            BufferedImage picture = new BufferedImage(16 + i % 17, 16 + i % 23, kind);
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    picture.setRGB(x, y, bright == (x + i) % 8 < 4 ? 0xf0c080 : 0x102040);
                }
            }
            String format = i % 4 == 0 ? "jpg" : "png";
            Path file = root.resolve(bright ? "bright" : "dark").resolve(i + "." + format);
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, format, file.toFile());
        }
        return root;
    }

    private String idxPair() throws IOException {
        ShapeImages shapes = new ShapeImages(3, IMAGES);
        ImageShape shape = shapes.shape();
        ByteBuffer images = ByteBuffer.allocate(16 + IMAGES * shape.values());
        ByteBuffer labels = ByteBuffer.allocate(8 + IMAGES);
        images.putInt(0x803).putInt(IMAGES).putInt(shape.height()).putInt(shape.width());
        labels.putInt(0x801).putInt(IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            images.put(shapes.image(i).samples());
            labels.put((byte) shapes.classOf(i));
        }
        return "idx:" + Files.write(folder.resolve("images.idx"), images.array()) + ","
                + Files.write(folder.resolve("labels.idx"), labels.array());
    }
}
