package org.silhouettes.core.organisation;

import org.silhouettes.core.encoder.Encoding;

/** Accumulates the scale of the guidance loss over the warm-up images: their mean square and their mean strongest norm. */
public final class GuidanceScale {

    private double squares;
    private double norms;
    private long values;
    private long images;

    public void add(Encoding encoding) {
        int size = encoding.count() * encoding.shape().values();
        for (int i = 0; i < size; i++) {
            squares += (double) encoding.images()[i] * encoding.images()[i];
        }
        int groups = encoding.shape().groups();
        for (int b = 0; b < encoding.count(); b++) {
            float strongest = 0;
            for (int g = 0; g < groups; g++) {
                strongest = Math.max(strongest, encoding.groupNorms()[b * groups + g]);
            }
            norms += strongest;
        }
        values += size;
        images += encoding.count();
    }

    /** Mean square of the centred images' values. */
    public double meanSquare() {
        return squares / values;
    }

    /** Mean norm of the images' strongest groups. */
    public double meanNorm() {
        return norms / images;
    }
}
