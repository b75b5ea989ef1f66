package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.fetch.DataPlaces;

/** The real MNIST, where a copy of it lies next to the project. */
class MnistTest {

    @TempDir
    Path folder;

    @Test
    void bothSplitsHaveTheirPublishedSizesAndFirstLabels() throws IOException {
        ImageSource train = Datasets.open("mnist", options(Split.TRAIN));
        ImageSource test = Datasets.open("mnist", options(Split.TEST));

        assertThat(train.size()).isEqualTo(60_000);
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(train.shape()).isEqualTo(new ImageShape(28, 28, 1));
        assertThat(List.of(
                        train.image(0).label(),
                        train.image(1).label(),
                        test.image(0).label()))
                .containsExactly("5", "0", "7");
        assertThat(test.image(9_999).id()).isEqualTo("mnist/test/9999");
        assertThat(test.image(9_999).samples()).hasSize(784);
    }

    private DatasetOptions options(Split split) {
        Path shared = Path.of("../../shared/data/mnist");
        assumeTrue(Files.isDirectory(shared), "skipped: no copy of MNIST in " + shared);
        DataPlaces places = new DataPlaces(
                List.of(shared),
                folder,
                List.of(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(1),
                java.time.Duration.ofSeconds(1));
        return DatasetOptions.usual().withSplit(split).withPlaces(places);
    }
}
