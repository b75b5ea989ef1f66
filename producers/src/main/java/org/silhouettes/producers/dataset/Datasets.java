package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.producers.fetch.MnistFiles;
import org.silhouettes.producers.format.FormatException;
import org.silhouettes.producers.format.IdxFile;

/** Opens a source of images by its name on the command line. */
public final class Datasets {

    private static final int MNIST_CLASSES = 10;
    private static final int ANY_LABEL = 256;

    private Datasets() {}

    /**
     * Opens {@code mnist} or {@code idx:IMAGES,LABELS}.
     *
     * @throws IllegalArgumentException for a name that is none of these
     * @throws org.silhouettes.producers.fetch.DataUnavailableException where its files are nowhere to be had
     * @throws FormatException where a file breaks its format
     */
    public static ImageSource open(String name, DatasetOptions options) throws IOException {
        if (name.equals("mnist")) {
            return mnist(options);
        }
        if (name.startsWith("idx:")) {
            return idx(name.substring("idx:".length()));
        }
        throw new IllegalArgumentException("dataset is \"" + name + "\", it must be mnist or idx:IMAGES,LABELS");
    }

    private static ImageSource mnist(DatasetOptions options) throws IOException {
        MnistFiles.Pair files = MnistFiles.locate(options.split() == Split.TRAIN, options.places(), options.notices());
        return idx("mnist", "mnist/" + options.split().text() + "/", files.images(), files.labels(), MNIST_CLASSES);
    }

    private static ImageSource idx(String paths) throws IOException {
        int comma = paths.indexOf(',');
        if (comma < 1 || comma == paths.length() - 1 || paths.indexOf(',', comma + 1) >= 0) {
            throw new IllegalArgumentException(
                    "dataset is \"idx:" + paths + "\", it must be idx:IMAGES,LABELS with the paths of two IDX files");
        }
        Path images = Path.of(paths.substring(0, comma));
        Path labels = Path.of(paths.substring(comma + 1));
        return idx("idx", "idx/", images, labels, ANY_LABEL);
    }

    private static ImageSource idx(String name, String idPrefix, Path imageFile, Path labelFile, int mostClasses)
            throws IOException {
        IdxFile.Images images = IdxFile.readImages(imageFile);
        byte[] labels = IdxFile.readLabels(labelFile, mostClasses);
        if (labels.length != images.count()) {
            throw new FormatException(
                    labelFile,
                    4,
                    "it has " + labels.length + " labels, " + imageFile + " has " + images.count() + " images");
        }
        int classes = mostClasses;
        if (mostClasses == ANY_LABEL) {
            classes = 1
                    + IntStream.range(0, labels.length)
                            .map(i -> labels[i] & 0xff)
                            .max()
                            .orElseThrow();
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new InMemorySource(
                name, idPrefix, names, new ImageShape(images.height(), images.width(), 1), images.samples(), labels);
    }
}
