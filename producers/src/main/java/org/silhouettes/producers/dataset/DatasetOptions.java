package org.silhouettes.producers.dataset;

import java.util.function.Consumer;
import org.silhouettes.producers.fetch.DataPlaces;

/**
 * How a source is opened; a source takes no notice of what does not concern it.
 *
 * @param split the training split or the test split
 * @param places where files are looked for and fetched from
 * @param notices told in one line each what takes time, such as a download
 */
public record DatasetOptions(Split split, DataPlaces places, Consumer<String> notices) {

    /** The training split, from the usual places, without a word. */
    public static DatasetOptions usual() {
        return new DatasetOptions(Split.TRAIN, DataPlaces.usual(), notice -> {});
    }

    public DatasetOptions withSplit(Split other) {
        return new DatasetOptions(other, places, notices);
    }

    public DatasetOptions withPlaces(DataPlaces other) {
        return new DatasetOptions(split, other, notices);
    }

    public DatasetOptions withNotices(Consumer<String> other) {
        return new DatasetOptions(split, places, other);
    }
}
