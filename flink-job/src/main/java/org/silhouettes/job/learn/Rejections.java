package org.silhouettes.job.learn;

import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.ChannelModels;

/** Counts and emits rejected records. */
final class Rejections {

    private final LearningMetrics metrics;
    private final Emitter out;
    private final int maxRecordBytes;

    Rejections(LearningMetrics metrics, Emitter out, int maxRecordBytes) {
        this.metrics = metrics;
        this.out = out;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** @param run of the model, null without a model */
    void reject(ImageRecord image, Rejection rejection, String run) {
        if (image.primary()) {
            metrics.rejected().count(rejection.reason());
            out.emit(Outputs.REJECTED, RejectedRecords.of(image.origin(), rejection, run, maxRecordBytes));
        } else {
            metrics.channelRejected();
            Rejection named = rejection.of("channel " + ChannelModels.channel(image.model()));
            out.emit(Outputs.CHANNEL_REJECTED, RejectedRecords.of(image.origin(), named, run, maxRecordBytes));
        }
    }
}
