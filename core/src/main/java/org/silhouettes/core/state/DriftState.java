package org.silhouettes.core.state;

import java.util.List;

/**
 * State of the drift detectors of one model.
 *
 * @param acting updates for which an action still lasts
 * @param images images since the tests last ran
 * @param marks drifts not yet reported, oldest first
 */
public record DriftState(int acting, int images, ErrorPart error, UsePart use, List<DriftMark> marks) {

    /** State before the first image. */
    public static final DriftState EMPTY = new DriftState(0, 0, ErrorPart.EMPTY, UsePart.EMPTY, List.of());

    public DriftState {
        marks = List.copyOf(marks);
    }

    /**
     * State of the detector that monitors relative errors.
     *
     * @param sum relative errors of the images since the tests last ran
     * @param quiet runs of the tests for which ADWIN must not raise an alarm again
     */
    public record ErrorPart(StandardiserState scale, PageHinkleyState test, AdwinState adwin, double sum, int quiet) {

        static final ErrorPart EMPTY =
                new ErrorPart(StandardiserState.EMPTY, PageHinkleyState.EMPTY, AdwinState.EMPTY, 0, 0);
    }

    /**
     * State of the detector that monitors the use of the groups. The arrays are the detector's own: they change with the next image.
     *
     * @param strongest images by strongest group since the tests last ran, zero codes last, [groups + 1]
     * @param shares decaying mean of the shares, [groups + 1]; empty before the tests first ran
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record UsePart(StandardiserState scale, PageHinkleyState test, long[] strongest, double[] shares) {

        static final UsePart EMPTY =
                new UsePart(StandardiserState.EMPTY, PageHinkleyState.EMPTY, new long[0], new double[0]);
    }
}
