package org.silhouettes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Npy;

/** The command {@code run} as a user gives it. */
class RunCommandIT {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void leavesAReportADictionaryAndPictures() throws Exception {
        Path results = folder.resolve("with a space");
        int code = run(
                "run",
                "--dataset=" + idx(400),
                "--images=300",
                "--fit-images=100",
                "--test-images=150",
                "--model=my model",
                "--seed=5",
                "--out=" + results,
                "-Dmodel.groups=4",
                "-Dmodel.group-size=4",
                "-Dmodel.batch=16",
                "-Dencoder.lambda=1",
                "-Dencoder.step=0.9",
                "-Dinit.method=kmeans",
                "-Dinit.warm-up=64",
                "-Dcheckpoint.interval=500ms");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("groupAccuracy")
                .contains("imagesPerSecond")
                .containsPattern("step +0[.]\\d+  1/\\(1[.]05 L\\), as encoder.step is above it")
                .doesNotContain("after an all-zero start")
                .contains(results.toString());

        JsonNode report =
                new ObjectMapper().readTree(results.resolve("report.json").toFile());
        for (String field : List.of(
                "images",
                "seconds",
                "imagesPerSecond",
                "mse",
                "mseOfMean",
                "activeGroups",
                "activeUnits",
                "silentImages",
                "groupAccuracy",
                "nmi",
                "distanceRatio",
                "silhouetteScore",
                "knnAccuracy",
                "atomClassCorrelation",
                "blockCoherence",
                "lipschitz")) {
            assertThat(report.path(field).isNumber()).as(field).isTrue();
        }
        // of the last version, as the report's L is, but by a power iteration that comes to it from below
        assertThat(report.path("step").asDouble() * report.path("lipschitz").asDouble())
                .isBetween(0.9, 1.0);
        assertThat(report.path("lambda").asDouble()).isEqualTo(1);
        assertThat(report.path("revivedAtoms").isIntegralNumber()).isTrue();
        assertThat(report.path("revivedGroups").isIntegralNumber()).isTrue();
        assertThat(report.path("model").asText()).isEqualTo("my model");
        assertThat(report.path("images").asInt()).isEqualTo(300);
        // every sixth of 400 is held out, fewer than the 150 that are asked for
        assertThat(report.path("testImages").asInt()).isEqualTo(66);
        assertThat(report.path("dictionarySha256").asText()).matches("[0-9a-f]{64}");
        assertThat(report.path("settings").path("model.seed").asText()).isEqualTo("5");

        assertThat(shapes(results.resolve("dictionary.npz")))
                .containsExactly("atoms.npy 16,12,12,1", "mean.npy 12,12,1");
        assertThat(ImageIO.read(results.resolve("atoms.png").toFile()).getHeight())
                .isGreaterThan(48);
        assertThat(ImageIO.read(results.resolve("classes.png").toFile()).getHeight())
                .isGreaterThan(24);
    }

    @Test
    void aPlanGivesAMatrixOfPhases() throws Exception {
        int code = run(
                "run",
                "--dataset=" + idx(600),
                "--plan=name=lines classes=0-1 images=330; name=dark classes=2-3 images=210 invert; repeat=2",
                "--images=870",
                "--fit-images=100",
                "--test-images=100",
                "--out=" + folder,
                "-Dmodel.groups=4",
                "-Dmodel.group-size=4",
                "-Dmodel.batch=16",
                "-Dencoder.lambda=1",
                "-Dlearner.learning-rate=0.01",
                "-Dinit.method=kmeans",
                "-Dinit.warm-up=64",
                "-Dcheckpoint.interval=500ms");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("after each phase")
                .contains("lines (2)")
                .contains("forgetting");

        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.path("images").asInt()).isEqualTo(870);
        assertThat(report.path("rejected").asInt()).isZero();
        assertThat(report.path("phases").path(1).path("transforms").toString()).isEqualTo("[\"invert\"]");
        assertThat(report.path("phases").path(1).path("classes").toString()).isEqualTo("[\"2\",\"3\"]");
        JsonNode matrix = report.path("matrix");
        assertThat(matrix.path("after").toString()).isEqualTo("[\"lines\",\"dark\",\"lines (2)\"]");
        assertThat(matrix.path("images").toString()).isEqualTo("[330,540,870]");
        // 16 a batch, and the last of each phase closes one: 21 + 14 + 21
        assertThat(matrix.path("versions").toString()).isEqualTo("[21,35,56]");
        assertThat(report.path("updates").asInt()).isEqualTo(56);
        JsonNode mse = matrix.path("mse");
        assertThat(mse.path(0).path(1).asDouble())
                .as("dark images before any was seen")
                .isGreaterThan(2 * mse.path(1).path(1).asDouble());
        double sum = 0;
        int tested = 0;
        for (int phase = 0; phase < 2; phase++) {
            int images = report.path("phases").path(phase).path("testImages").asInt();
            sum += images * mse.path(2).path(phase).asDouble();
            tested += images;
        }
        assertThat(tested).isEqualTo(report.path("testImages").asInt());
        assertThat(report.path("mse").asDouble()).isCloseTo(sum / tested, within(1e-9));
        assertThat(matrix.path("groupAccuracy").path(0).path(0).asDouble()).isGreaterThan(0.7);
        assertThat(ImageIO.read(folder.resolve("classes.png").toFile()).getHeight())
                .isGreaterThan(24);
    }

    /** Shapes as a pair of IDX files. */
    private String idx(int count) throws IOException {
        ByteBuffer images = ByteBuffer.allocate(16 + count * 144);
        ByteBuffer labels = ByteBuffer.allocate(8 + count);
        images.putInt(0x803).putInt(count).putInt(12).putInt(12);
        labels.putInt(0x801).putInt(count);
        ShapeImages shapes = new ShapeImages(3, count);
        for (int i = 0; i < count; i++) {
            LabelledImage image = shapes.image(i);
            images.put(image.samples());
            labels.put((byte) shapes.classOf(i));
        }
        Path imageFile = Files.write(folder.resolve("images.idx"), images.array());
        Path labelFile = Files.write(folder.resolve("labels.idx"), labels.array());
        return "idx:" + imageFile + "," + labelFile;
    }

    private static List<String> shapes(Path npz) throws IOException {
        List<String> shapes = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(npz))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                StringBuilder shape = new StringBuilder();
                for (int dimension : Npy.decode(zip.readAllBytes()).shape()) {
                    shape.append(shape.isEmpty() ? "" : ",").append(dimension);
                }
                shapes.add(entry.getName() + " " + shape);
            }
        }
        return shapes;
    }
}
