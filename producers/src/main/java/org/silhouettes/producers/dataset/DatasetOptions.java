package org.silhouettes.producers.dataset;

import java.util.Optional;
import java.util.function.Consumer;
import org.silhouettes.imaging.Fit;
import org.silhouettes.producers.fetch.DataPlaces;

/**
 * How a source is opened; a source takes no notice of what does not concern it.
 *
 * @param split the training split or the test split
 * @param places where files are looked for and fetched from
 * @param colour channels of the images
 * @param size rows and columns of the images, empty for their own
 * @param fit how they are brought to that size
 * @param seed decides what a source that makes its images makes
 * @param notices told in one line each what takes time, such as a download
 */
public record DatasetOptions(
        Split split,
        DataPlaces places,
        Colour colour,
        Optional<ImageSize> size,
        Fit fit,
        long seed,
        Consumer<String> notices) {

    /** The training split in its own shape, from the default locations, without progress messages. */
    public static DatasetOptions usual() {
        return new DatasetOptions(
                Split.TRAIN, DataPlaces.usual(), Colour.KEEP, Optional.empty(), Fit.CROP, 0, notice -> {});
    }

    public DatasetOptions withSplit(Split other) {
        return new DatasetOptions(other, places, colour, size, fit, seed, notices);
    }

    public DatasetOptions withPlaces(DataPlaces other) {
        return new DatasetOptions(split, other, colour, size, fit, seed, notices);
    }

    public DatasetOptions withColour(Colour other) {
        return new DatasetOptions(split, places, other, size, fit, seed, notices);
    }

    public DatasetOptions withSize(ImageSize other, Fit otherFit) {
        return new DatasetOptions(split, places, colour, Optional.of(other), otherFit, seed, notices);
    }

    public DatasetOptions withSeed(long other) {
        return new DatasetOptions(split, places, colour, size, fit, other, notices);
    }

    public DatasetOptions withNotices(Consumer<String> other) {
        return new DatasetOptions(split, places, colour, size, fit, seed, other);
    }
}
