package org.silhouettes.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
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
            description =
                    "Images to stream: mnist, cifar10, folder:PATH, idx:IMAGES,LABELS, glyphs or planted (default:"
                            + " ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--dataset-dir",
            paramLabel = "DIR",
            description =
                    "Where to look for the data set first; then in $SILHOUETTES_DATA, ./data and the cache, before it"
                            + " is fetched.")
    private Path folder;

    String name() {
        return name;
    }

    /** Opens a split of the chosen data set. */
    ImageSource open(Split split, Consumer<String> notices) throws IOException {
        return open(name, split, notices);
    }

    /** Opens a split of another one, with the same options. */
    ImageSource open(String other, Split split, Consumer<String> notices) throws IOException {
        DataPlaces places =
                folder == null ? DataPlaces.usual() : DataPlaces.usual().withFolder(folder);
        try {
            return Datasets.open(other, new DatasetOptions(split, places, notices));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
