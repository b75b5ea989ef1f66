package org.silhouettes.job.learn;

import java.io.Serializable;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.job.record.ChannelMode;

/** Settings of the learning operator. */
public record LearningSettings(
        LearnerSettings learner,
        @Setting(key = "image.channels") ChannelMode channels,
        ActivitySettings activity,
        DriftSettings drift,
        ModelSettings models,
        StreamSettings stream,
        ReportSettings reports,
        HashedSettings hashed)
        implements Serializable {

    /** The same settings with other report settings. */
    public LearningSettings withHashed(HashedSettings newHashed) {
        return new LearningSettings(learner, channels, activity, drift, models, stream, reports, newHashed);
    }
}
