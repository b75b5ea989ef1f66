package org.silhouettes.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.imaging.PngEncoder;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.dataset.PlantedSettings;
import org.silhouettes.producers.dataset.PlantedSource;
import org.silhouettes.producers.dataset.Split;

/** The example job on a folder of pictures, one of which is none. */
class FolderJobIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    @Test
    void picturesOfAFolderAndThoseAddedLaterAreLearnedAndTheAtomsAreDrawn() throws Exception {
        Path pictures = folder.resolve("pictures");
        Path output = folder.resolve("output");
        write(pictures, 0, 300);
        Files.writeString(pictures.resolve("notes.txt"), "no picture");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        FolderJob.define(
                env,
                pictures,
                output,
                Map.of(
                        "model.groups", "5",
                        "model.group-size", "4",
                        "init.warm-up", "100",
                        "snapshot.every", "1",
                        "flush.after", "1 s"));
        JobClient job = env.executeAsync("pictures");
        Path atoms = output.resolve("pictures.png");

        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(atoms));
        byte[] first = Files.readAllBytes(atoms);
        assertThat(new PictureDecoder(PictureLimits.DEFAULTS).png(first).shape().channels())
                .isEqualTo(1);

        write(pictures, 300, 600);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(Files.readAllBytes(atoms)).isNotEqualTo(first));
        job.cancel().get();
    }

    private static void write(Path pictures, int from, int to) throws IOException {
        PlantedSource planted = new PlantedSource(PlantedSettings.DEFAULTS, Split.TRAIN, 1);
        for (int n = from; n < to; n++) {
            LabelledImage image = planted.image(n);
            Path label = Files.createDirectories(pictures.resolve("class-" + image.label()));
            Files.write(label.resolve(n + ".png"), PngEncoder.encode(new Picture(image.shape(), image.samples())));
        }
    }
}
