package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.fetch.DataPlaces;
import org.silhouettes.producers.fetch.DataUnavailableException;
import org.silhouettes.producers.format.CifarFile;
import org.silhouettes.producers.format.FormatException;
import org.silhouettes.producers.format.IdxBytes;

class DatasetsTest {

    @TempDir
    Path folder;

    @Test
    void anyPairOfIdxFilesIsASourceWhoseLabelsAreItsClasses() throws IOException {
        Path images = Files.write(folder.resolve("i"), IdxBytes.images(3, 1, 2, new byte[] {1, 2, 3, 4, 5, 6}));
        Path labels = Files.write(folder.resolve("l"), IdxBytes.gzip(IdxBytes.labels((byte) 2, (byte) 0, (byte) 2)));

        ImageSource source = Datasets.open("idx:" + images + "," + labels, options());

        assertThat(source.classes()).containsExactly("0", "1", "2");
        assertThat(source.shape()).isEqualTo(new ImageShape(1, 2, 1));
        assertThat(source.image(1).samples()).containsExactly(3, 4);
        assertThat(source.image(2).label()).isEqualTo("2");
        assertThat(source.image(2).id()).isEqualTo("idx/2");
    }

    @Test
    void whatHasNoTestSplitHoldsEverySixthImageOutForIt() throws IOException {
        Path images = Files.write(
                folder.resolve("i"), IdxBytes.images(13, 1, 1, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
        Path labels = Files.write(folder.resolve("l"), IdxBytes.labels(new byte[13]));
        String name = "idx:" + images + "," + labels;
        List<String> notices = new ArrayList<>();

        ImageSource train = Datasets.openApart(name, options().withNotices(notices::add));
        ImageSource test =
                Datasets.openApart(name, options().withSplit(Split.TEST).withNotices(notices::add));

        assertThat(values(train)).containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12);
        assertThat(values(test)).containsExactly(5, 11);
        assertThat(notices)
                .containsExactly(name + " has no test split of its own: every sixth image, 2 of 13, is held out from"
                        + " learning and tested on");
        // glyphs have their own
        assertThat(Datasets.openApart("glyphs", options()).size()).isEqualTo(ImageSource.ENDLESS);
        Files.write(folder.resolve("i"), IdxBytes.images(5, 1, 1, new byte[5]));
        Files.write(folder.resolve("l"), IdxBytes.labels(new byte[5]));
        assertThatThrownBy(() -> Datasets.openApart(name, options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 images and no test split: at least 6 are needed");
    }

    private static List<Integer> values(ImageSource source) throws IOException {
        List<Integer> values = new ArrayList<>();
        for (long i = 0; i < source.size(); i++) {
            values.add((int) source.image(i).samples()[0]);
        }
        return values;
    }

    @Test
    void asManyLabelsAsImagesAreNeeded() throws IOException {
        Path images = Files.write(folder.resolve("i"), IdxBytes.images(3, 1, 1, new byte[] {1, 2, 3}));
        Path labels = Files.write(folder.resolve("l"), IdxBytes.labels((byte) 2, (byte) 0));

        assertThatThrownBy(() -> Datasets.open("idx:" + images + "," + labels, options()))
                .isInstanceOf(FormatException.class)
                .hasMessage(labels + ", byte 4: it has 2 labels, " + images + " has 3 images");
    }

    @Test
    void cifarIsFoundInAFolderInColourOrGray() throws IOException {
        byte[] file = new byte[(int) CifarFile.bytes(10_000)];
        java.util.Arrays.fill(file, 1, 1025, (byte) 100);
        Path batches = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
        Files.write(batches.resolve("test_batch.bin"), file);
        DatasetOptions options = options().withSplit(Split.TEST);

        ImageSource colour = Datasets.open("cifar10", options);
        ImageSource gray = Datasets.open("cifar10", options.withColour(Colour.GRAY));

        assertThat(colour.size()).isEqualTo(10_000);
        assertThat(colour.image(0).samples()).hasSize(3072).startsWith(100, 0, 0, 100, 0, 0);
        assertThat(colour.image(9_999).id()).isEqualTo("cifar10/test/9999");
        assertThat(colour.image(0).label()).isEqualTo("airplane");
        assertThat(gray.shape()).isEqualTo(new ImageShape(32, 32, 1));
        assertThat(gray.image(0).samples()).hasSize(1024).containsOnly(30);
    }

    @Test
    void glyphsAndPlantedTakeWhatFollowsTheColon() throws IOException {
        assertThat(Datasets.open("glyphs", options()).classes()).hasSize(10);
        assertThat(Datasets.open("glyphs:ABC", options()).classes()).containsExactly("A", "B", "C");
        assertThat(Datasets.open("planted:3x2", options()).classes()).hasSize(3);
        assertThat(Datasets.planted("3x2", options()).settings().groupSize()).isEqualTo(2);
        assertThat(Datasets.open("glyphs", options().withSize(ImageSize.parse("14"), Fit.CROP))
                        .image(0)
                        .samples())
                .hasSize(196);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mnst", "mnist:", "folder", "folder:", "idx:", "idx:a", "idx:a,", "idx:a,b,c"})
    void anythingElseIsRefusedWithWhatThereIs(String name) {
        assertThatThrownBy(() -> Datasets.open(name, options()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dataset is \"" + name + "\", it must be " + Datasets.NAMES);
    }

    @Test
    void whatIsNowhereIsToldWithEveryPlace() {
        assertThatThrownBy(() -> Datasets.open("cifar10", options()))
                .isInstanceOf(DataUnavailableException.class)
                .hasMessageStartingWith("CIFAR-10 is not available. Tried:\n  ")
                .hasMessageContaining(folder.resolve("cifar-10-batches-bin") + ": has no data_batch_1.bin");
    }

    private DatasetOptions options() {
        DataPlaces places = DataPlaces.usual(Map.of(
                        "XDG_CACHE_HOME", folder.resolve("cache").toString(), "SILHOUETTES_DATA", folder.toString()))
                .offline();
        return DatasetOptions.usual().withPlaces(places);
    }
}
