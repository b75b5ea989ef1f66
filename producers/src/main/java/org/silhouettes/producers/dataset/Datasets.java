package org.silhouettes.producers.dataset;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.fetch.CifarFiles;
import org.silhouettes.producers.fetch.MnistFiles;
import org.silhouettes.producers.format.FormatException;
import org.silhouettes.producers.format.IdxFile;

/** Opens a source of images by its name on the command line. */
public final class Datasets {

    /** The names that {@link #open} takes, for a help text. */
    public static final String NAMES =
            "mnist, cifar10, folder:PATH, idx:IMAGES,LABELS, glyphs[:CHARACTERS] or planted[:GROUPSxSIZE]";

    private static final int MNIST_CLASSES = 10;
    private static final int CIFAR_IMAGES_PER_FILE = 10_000;
    private static final int ANY_LABEL = 256;
    private static final String DIGITS = "0123456789";

    private Datasets() {}

    /**
     * Opens a source; see {@link #NAMES}.
     *
     * @throws IllegalArgumentException for a name that is none of these
     * @throws org.silhouettes.producers.fetch.DataUnavailableException where its files are nowhere to be had
     * @throws FormatException where a file breaks its format
     */
    public static ImageSource open(String name, DatasetOptions options) throws IOException {
        int colon = name.indexOf(':');
        String kind = colon < 0 ? name : name.substring(0, colon + 1);
        String rest = colon < 0 ? "" : name.substring(colon + 1);
        return switch (kind) {
            case "mnist" -> ShapedSource.of(mnist(options), options);
            case "cifar10" -> ShapedSource.of(cifar10(options), options);
            case "folder:" -> new FolderSource(path(name, rest), options);
            case "idx:" -> ShapedSource.of(idx(name, rest), options);
            case "glyphs", "glyphs:" -> ShapedSource.of(glyphs(rest, options), options);
            case "planted", "planted:" -> ShapedSource.of(planted(rest, options), options);
            default -> throw unknown(name);
        };
    }

    /**
     * Opens a split that shares no image with the other one: of a source that has no splits of its own, every sixth image is
     * the test split.
     *
     * @throws IllegalArgumentException as {@link #open}, and where there are fewer than six images
     */
    public static ImageSource openApart(String name, DatasetOptions options) throws IOException {
        ImageSource source = open(name, options);
        if (!source.unsplit()) {
            return source;
        }
        HeldOut part = new HeldOut(source, options.split());
        if (source.size() < HeldOut.EVERY) {
            throw new IllegalArgumentException("dataset " + name + " has " + source.size()
                    + " images and no test split: at least " + HeldOut.EVERY + " are needed to hold one out");
        }
        if (options.split() == Split.TEST) {
            options.notices()
                    .accept(name + " has no test split of its own: every sixth image, " + part.size() + " of "
                            + source.size() + ", is held out from learning and tested on");
        }
        return part;
    }

    /** The planted source itself, which knows its dictionary; in its own shape. */
    public static PlantedSource planted(String groups, DatasetOptions options) {
        PlantedSettings settings =
                groups.isEmpty() ? PlantedSettings.DEFAULTS : PlantedSettings.DEFAULTS.withGroups(groups);
        return new PlantedSource(settings, options.split(), options.seed());
    }

    private static ImageSource glyphs(String characters, DatasetOptions options) {
        return new GlyphSource(characters.isEmpty() ? DIGITS : characters, options.split(), options.seed(), true);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("dataset is \"" + name + "\", it must be " + NAMES);
    }

    private static Path path(String name, String path) {
        try {
            if (!path.isBlank()) {
                return Path.of(path);
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("dataset is \"" + name + "\": " + e.getMessage(), e);
        }
        throw unknown(name);
    }

    private static ImageSource mnist(DatasetOptions options) throws IOException {
        MnistFiles.Pair files = MnistFiles.locate(options.split() == Split.TRAIN, options.places(), options.notices());
        return idx("mnist", "mnist/" + options.split().text() + "/", files.images(), files.labels(), MNIST_CLASSES);
    }

    private static ImageSource cifar10(DatasetOptions options) throws IOException {
        boolean train = options.split() == Split.TRAIN;
        List<Path> files = CifarFiles.locate(train, options.places(), options.notices());
        return new CifarSource(options.split(), files, CIFAR_IMAGES_PER_FILE);
    }

    private static ImageSource idx(String name, String paths) throws IOException {
        int comma = paths.indexOf(',');
        if (comma < 0 || paths.indexOf(',', comma + 1) >= 0) {
            throw unknown(name);
        }
        Path images = path(name, paths.substring(0, comma));
        Path labels = path(name, paths.substring(comma + 1));
        return idx("idx", "idx/", images, labels, ANY_LABEL);
    }

    private static ImageSource idx(String name, String idPrefix, Path imageFile, Path labelFile, int maxClasses)
            throws IOException {
        IdxFile.Images images = IdxFile.readImages(imageFile);
        byte[] labels = IdxFile.readLabels(labelFile, maxClasses);
        if (labels.length != images.count()) {
            throw new FormatException(
                    labelFile,
                    Integer.BYTES,
                    "it has " + labels.length + " labels, " + imageFile + " has " + images.count() + " images");
        }
        int classes = maxClasses;
        if (maxClasses == ANY_LABEL) {
            classes = 1
                    + IntStream.range(0, labels.length)
                            .map(i -> labels[i] & 0xff)
                            .max()
                            .orElseThrow();
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new InMemorySource(
                name,
                idPrefix,
                names,
                new ImageShape(images.height(), images.width(), 1),
                images.samples(),
                labels,
                maxClasses == ANY_LABEL);
    }
}
