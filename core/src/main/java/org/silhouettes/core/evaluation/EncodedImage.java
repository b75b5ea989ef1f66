package org.silhouettes.core.evaluation;

/**
 * What the metrics need to know of one encoded image.
 *
 * @param label its class, or null
 * @param groupNorms n_g = ‖x_g‖₂, [groups]
 * @param activeUnits how many values of the code are not 0
 * @param error mean over the image's values of (y − xW)²
 * @param energy mean over the image's values of y², the error of the zero code; y is the centred image
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedImage(String label, float[] groupNorms, int activeUnits, double error, double energy) {

    /** The group with the largest norm, the lowest such; −1 where no group is active. */
    public int strongestGroup() {
        int strongest = -1;
        for (int g = 0; g < groupNorms.length; g++) {
            if (groupNorms[g] > (strongest < 0 ? 0 : groupNorms[strongest])) {
                strongest = g;
            }
        }
        return strongest;
    }

    /** How many groups have a norm above 0. */
    public int activeGroups() {
        int active = 0;
        for (float norm : groupNorms) {
            active += norm > 0 ? 1 : 0;
        }
        return active;
    }
}
