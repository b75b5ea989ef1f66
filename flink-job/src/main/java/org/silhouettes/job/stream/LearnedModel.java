package org.silhouettes.job.stream;

import org.silhouettes.imaging.ImageShape;

/**
 * One version of a model: its dictionary and the mean image that is subtracted from every image.
 *
 * @param model name of the model
 * @param run id of the run that the version belongs to
 * @param version updates of the dictionary so far
 * @param groupSize atoms per group
 * @param height of an atom, in pixels
 * @param width of an atom, in pixels
 * @param atoms [atoms, height, width, channels], row-major, group by group, of unit norm
 * @param mean [height, width, channels]
 */
@SuppressWarnings("ArrayRecordComponent")
public record LearnedModel(
        String model, String run, long version, int groupSize, int height, int width, float[] atoms, float[] mean) {

    /** The shape of an atom. */
    public ImageShape image() {
        return new ImageShape(height, width, mean.length / (height * width));
    }

    /** The number of groups. */
    public int groups() {
        return atoms.length / (groupSize * mean.length);
    }
}
