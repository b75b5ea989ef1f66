package org.silhouettes.imaging;

import java.util.Arrays;
import java.util.List;

/**
 * Which coefficients of a JPEG its scans have sent, and to which bit (ITU-T T.81, G.1.1.1): refuses scans that repeat or
 * skip something, and files whose scans end early, which a decoder shows blurred or gray without a warning.
 */
final class JpegProgression {

    private static final int UNSENT = -1;
    private static final int COEFFICIENTS = 64;
    private static final int MAX_SHIFT = 13;

    private final boolean progressive;
    private final int[][] lowestBit;

    JpegProgression(JpegFrame frame) {
        progressive = frame.progressive();
        lowestBit = new int[frame.components().size()][COEFFICIENTS];
        for (int[] component : lowestBit) {
            Arrays.fill(component, UNSENT);
        }
    }

    /**
     * Adds a scan.
     *
     * @param from first coefficient, Ss
     * @param to last coefficient, Se
     * @param high bit that came before, Ah; 0 in a first scan
     * @param low bit that comes, Al
     */
    void add(List<Integer> components, int from, int to, int high, int low) throws PictureException {
        boolean valid = progressive
                ? from <= to
                        && to < COEFFICIENTS
                        && (from == 0 ? to == 0 : components.size() == 1)
                        && low <= MAX_SHIFT
                        && (high == 0 || low == high - 1)
                : from == 0 && to == COEFFICIENTS - 1 && high == 0 && low == 0;
        if (!valid) {
            throw new PictureException("JPEG is damaged: a scan has the parameters Ss " + from + ", Se " + to + ", Ah "
                    + high + ", Al " + low + ", which its frame does not allow");
        }
        for (int component : components) {
            int[] sent = lowestBit[component];
            if (from > 0 && sent[0] == UNSENT) {
                throw new PictureException("JPEG is damaged: a component's AC coefficients come before its DC");
            }
            for (int k = from; k <= to; k++) {
                boolean first = sent[k] == UNSENT;
                if (first != (high == 0) || !first && sent[k] != high) {
                    throw new PictureException("JPEG is damaged: a scan repeats or skips bits of coefficient " + k
                            + " of component " + component);
                }
                sent[k] = low;
            }
        }
    }

    /** Throws where something was not sent to its last bit. */
    void requireComplete() throws PictureException {
        for (int component = 0; component < lowestBit.length; component++) {
            for (int k = 0; k < COEFFICIENTS; k++) {
                if (lowestBit[component][k] != 0) {
                    throw new PictureException("JPEG is cut short: its scans do not hold all of component " + component
                            + " (coefficient " + k + ")");
                }
            }
        }
    }
}
