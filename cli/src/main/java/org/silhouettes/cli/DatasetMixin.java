package org.silhouettes.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.silhouettes.imaging.Fit;
import org.silhouettes.producers.dataset.Colour;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.dataset.ImageSize;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import org.silhouettes.producers.fetch.DataPlaces;
import picocli.CommandLine.Option;

/** Which images. */
final class DatasetMixin {

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            defaultValue = "mnist",
            description = "Images to stream: " + Datasets.NAMES + " (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--dataset-dir",
            paramLabel = "DIR",
            description =
                    "Folder that is searched for the data set first; then $SILHOUETTES_DATA, ./data and the cache."
                            + " Otherwise it is downloaded.")
    private Path folder;

    @Option(
            names = "--size",
            paramLabel = "HEIGHTxWIDTH",
            description = "Resize all images to this size, or to a square of this side (default: their own size).")
    private String size;

    @Option(
            names = "--fit",
            paramLabel = "HOW",
            defaultValue = "CROP",
            description =
                    "How to resize images of another aspect ratio: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Fit fit;

    @Option(
            names = "--colour",
            paramLabel = "HOW",
            defaultValue = "KEEP",
            description = "Channels of the images: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Colour colour;

    @Option(
            names = "--dataset-seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the sources glyphs and planted (default: ${DEFAULT-VALUE}).")
    private long seed;

    String name() {
        return name;
    }

    /** How a source is opened. */
    private interface Opening {
        ImageSource open(String name, DatasetOptions options) throws IOException;
    }

    /** Opens a split of the chosen data set. */
    ImageSource open(Split split, Consumer<String> notices) throws IOException {
        return open(name, split, notices);
    }

    /** Opens a split of another one, with the same options. */
    ImageSource open(String other, Split split, Consumer<String> notices) throws IOException {
        return open(other, split, notices, Datasets::open);
    }

    /** Opens a split that shares no image with the other one. */
    ImageSource openApart(Split split, Consumer<String> notices) throws IOException {
        return open(name, split, notices, Datasets::openApart);
    }

    private ImageSource open(String other, Split split, Consumer<String> notices, Opening opening) throws IOException {
        DataPlaces places =
                folder == null ? DataPlaces.usual() : DataPlaces.usual().withFolder(folder);
        try {
            DatasetOptions options = DatasetOptions.usual()
                    .withSplit(split)
                    .withPlaces(places)
                    .withColour(colour)
                    .withSeed(seed)
                    .withNotices(notices);
            return opening.open(other, size == null ? options : options.withSize(ImageSize.parse(size), fit));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
