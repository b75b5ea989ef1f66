package org.silhouettes.experiments.inspect;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.imaging.ImageShape;

/**
 * One model of a savepoint. A bean with public fields and no more, as Flink carries it from the reader to the caller.
 */
public final class ModelRow {

    /** Name of the model. */
    public String name;
    /** Dictionary updates, −1 during warm-up. */
    public long version;
    /** Images learned from. */
    public long images;
    /** Images that wait: the warm-up buffer, or the partly filled mini-batch. */
    public long waiting;
    /** Groups, 0 during warm-up. */
    public int groups;
    /** Atoms of a group, 0 during warm-up. */
    public int groupSize;
    /** Rows, columns and channels of an image. */
    public int height;

    public int width;
    public int channels;
    /** SHA-256 of the dictionary, empty during warm-up. */
    public String sha256 = "";

    /** For Flink. */
    public ModelRow() {}

    static ModelRow of(String name, LearnerState state) {
        ModelRow row = new ModelRow();
        row.name = name;
        row.version = -1;
        row.images = state.learned();
        row.waiting = (long) state.buffers().warmUp().size()
                + state.buffers().pending().size()
                + state.buffers().unlearned().size();
        row.height = state.image().height();
        row.width = state.image().width();
        row.channels = state.image().channels();
        Dictionary dictionary = state.dictionary();
        if (dictionary != null) {
            row.version = dictionary.version();
            row.groups = dictionary.shape().groups();
            row.groupSize = dictionary.shape().groupSize();
            row.sha256 = dictionary.sha256();
        }
        return row;
    }

    /** Shape of the dictionary, or of an image where there is none yet. */
    public String shape() {
        ImageShape image = new ImageShape(height, width, channels);
        return groups == 0 ? image.toString() : groups + "x" + groupSize + " of " + image;
    }
}
