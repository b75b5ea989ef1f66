package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PngEncoder;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Npy;

/** A run with a dictionary for each channel, as the paper's authors have it. */
class SplitRunIT {

    private static final int GROUPS = 4;
    private static final int SIZE = 3;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String dataset) {
        return Main.execute(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "run",
                "--dataset=" + dataset,
                "--order=SHUFFLED",
                "--fit-images=100",
                "--model=shapes",
                "--out=" + folder.resolve("out"),
                "-Dimage.channels=split",
                "-Dmodel.groups=" + GROUPS,
                "-Dmodel.group-size=" + SIZE,
                "-Dmodel.batch=16",
                "-Dencoder.lambda=1",
                "-Dinit.method=kmeans",
                "-Dinit.warm-up=64",
                "-Dcheckpoint.interval=500ms");
    }

    @Test
    void oneDictionaryAChannelIsEvaluatedByItselfAndAsOneOfColourImages() throws Exception {
        assertThat(run("folder:" + colourFolder(360))).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("shapes.red")
                .contains("shapes.green")
                .contains("shapes.blue");

        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
        assertThat(report.path("images").asInt()).isEqualTo(300);
        assertThat(report.path("testImages").asInt()).isEqualTo(60);
        assertThat(report.path("fitImages").asInt()).isEqualTo(100);
        assertThat(report.path("rejected").asInt()).isZero();
        for (String mean : new String[] {"mse", "mseOfMean", "atomClassCorrelation"}) {
            assertThat(report.path(mean).asDouble()).as(mean).isCloseTo(sum(report, mean) / 3, within(1e-9));
        }
        for (String sum : new String[] {"objective", "activeGroups", "activeUnits"}) {
            assertThat(report.path(sum).asDouble()).as(sum).isCloseTo(sum(report, sum), within(1e-4));
        }
        Set<String> dictionaries = new HashSet<>();
        for (int c = 0; c < 3; c++) {
            JsonNode channel = channel(report, c);
            assertThat(channel.path("mse").asDouble())
                    .as("channel %d", c)
                    .isLessThan(channel.path("mseOfMean").asDouble());
            assertThat(channel.path("lambda").asDouble()).as("channel %d", c).isEqualTo(1);
            assertThat(channel.path("step").asDouble()).as("channel %d", c).isPositive();
            dictionaries.add(channel.path("dictionarySha256").asText());
        }
        assertThat(dictionaries).hasSize(3);
        assertThat(channel(report, 1).path("model").asText()).isEqualTo("shapes.green");

        float[] atoms = atoms();
        for (int k = 0; k < 3 * GROUPS * SIZE; k++) {
            int own = k / (GROUPS * SIZE);
            for (int i = 0; i < 12 * 12 * 3; i++) {
                if (i % 3 != own) {
                    assertThat(atoms[k * 12 * 12 * 3 + i]).as("atom %d", k).isZero();
                }
            }
        }
        assertThat(ImageIO.read(folder.resolve("out/atoms.png").toFile())
                        .getRaster()
                        .getNumBands())
                .isEqualTo(3);
        assertThat(ImageIO.read(folder.resolve("out/classes.png").toFile())
                        .getRaster()
                        .getNumBands())
                .isEqualTo(3);
    }

    @Test
    void grayImagesAreRefusedBeforeAnythingIsStarted() {
        assertThat(run("glyphs")).isEqualTo(2);
        assertThat(err.toString())
                .contains("option image.channels is split, but the images of glyphs are 28x28x1")
                .contains("choose a data set in colour");
    }

    private static JsonNode channel(JsonNode report, int channel) {
        return report.path("channels").path(channel);
    }

    private static double sum(JsonNode report, String field) {
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            sum += channel(report, c).path(field).asDouble(Double.NaN);
        }
        return sum;
    }

    private float[] atoms() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(folder.resolve("out/dictionary.npz")))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("atoms.npy");
            Npy.Array atoms = Npy.decode(zip.readAllBytes());
            assertThat(atoms.shape()).containsExactly(3 * GROUPS * SIZE, 12, 12, 3);
            return atoms.floats();
        }
    }

    /** Shapes in red, their negative in green, and others in blue, in a folder of PNG files. */
    private Path colourFolder(int count) throws IOException {
        ShapeImages shapes = new ShapeImages(3, count);
        ShapeImages others = new ShapeImages(4, count);
        ImageShape shape = new ImageShape(12, 12, 3);
        Path root = folder.resolve("colour");
        for (int i = 0; i < count; i++) {
            LabelledImage image = shapes.image(i);
            byte[] other = others.image(i).samples();
            byte[] samples = new byte[shape.values()];
            for (int p = 0; p < 12 * 12; p++) {
                samples[3 * p] = image.samples()[p];
                samples[3 * p + 1] = (byte) ~image.samples()[p];
                samples[3 * p + 2] = other[p];
            }
            Path file = root.resolve(image.label()).resolve(String.format("%03d.png", i));
            Files.createDirectories(file.getParent());
            Files.write(file, PngEncoder.encode(new Picture(shape, samples)));
        }
        return root;
    }
}
