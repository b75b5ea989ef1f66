package org.silhouettes.core.evaluation;

import java.util.List;
import org.silhouettes.core.dictionary.GroupNorms;

/**
 * One encoded image, as the metrics need it.
 *
 * @param label its class, or null
 * @param groupNorms n_g = ‖x_g‖₂, [groups]
 * @param activeUnits number of nonzero values of the code
 * @param error mean over the image's values of (y − xW)²
 * @param energy mean over the image's values of y², the error of the zero code; y is the centred image
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedImage(String label, float[] groupNorms, int activeUnits, double error, double energy) {

    /** Codes of one image's parts of the same size, such as its channels, as one code; the label is the first one's. */
    public static EncodedImage joined(List<EncodedImage> parts) {
        float[] norms = new float
                [parts.stream().mapToInt(part -> part.groupNorms.length).sum()];
        int at = 0;
        for (EncodedImage part : parts) {
            System.arraycopy(part.groupNorms, 0, norms, at, part.groupNorms.length);
            at += part.groupNorms.length;
        }
        return new EncodedImage(
                parts.get(0).label,
                norms,
                parts.stream().mapToInt(EncodedImage::activeUnits).sum(),
                parts.stream().mapToDouble(EncodedImage::error).average().orElseThrow(),
                parts.stream().mapToDouble(EncodedImage::energy).average().orElseThrow());
    }

    /** See {@link GroupNorms#strongest}. */
    public int strongestGroup() {
        return GroupNorms.strongest(groupNorms, 0, groupNorms.length);
    }

    /** Number of groups with a norm above 0. */
    public int activeGroups() {
        int active = 0;
        for (float norm : groupNorms) {
            active += norm > 0 ? 1 : 0;
        }
        return active;
    }
}
