package org.silhouettes.core.statistics;

import java.util.List;
import java.util.Optional;

/**
 * All the statistics of a model at one moment.
 *
 * @param encoded images encoded so far, learned from or not
 * @param window images learned from since the last report, where there are any
 * @param unlearnedWindow images marked never to be learned from since the last report, where there are any
 * @param groupShare share of the window's images whose strongest group it is, [groups]
 * @param groupActive share of the window's images in which the group is active, [groups]
 * @param groupEnergy mean n_g² over the window's images, [groups]
 * @param unitActive share of the window's images in which the unit is nonzero, [groups * groupSize]
 * @param classes classes in the order of their labels
 */
@SuppressWarnings("ArrayRecordComponent")
public record ActivityReport(
        long encoded,
        Optional<WindowReport> window,
        Optional<WindowReport> unlearnedWindow,
        float[] groupShare,
        float[] groupActive,
        float[] groupEnergy,
        float[] unitActive,
        List<ClassReport> classes) {

    /** The same with its first classes alone. */
    public ActivityReport withFirstClasses(int count) {
        return new ActivityReport(
                encoded,
                window,
                unlearnedWindow,
                groupShare,
                groupActive,
                groupEnergy,
                unitActive,
                List.copyOf(classes.subList(0, count)));
    }
}
