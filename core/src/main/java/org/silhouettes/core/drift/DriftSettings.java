package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.core.update.UpdateSettings;

/**
 * How drift is detected and what it causes.
 *
 * @param detector tests on the prequential error
 * @param action response to a drift
 * @param pageHinkley options of the Page-Hinkley test
 * @param adwin options of ADWIN
 * @param response how a model adapts
 */
public record DriftSettings(
        @Setting(
                        key = "drift.detector",
                        help = "Drift tests on a model's prequential error (page-hinkley also tests its group usage);"
                                + " detections are marked in the activity records.")
                DriftDetector detector,
        @Setting(
                        key = "drift.action",
                        help = "Response to a drift: report only records it; adapt temporarily uses drift.boost,"
                                + " drift.forgetting and drift.reset-after, for drift.updates.")
                DriftAction action,
        PageHinkleySettings pageHinkley,
        AdwinSettings adwin,
        DriftResponse response)
        implements Serializable {

    /** Above this a learning rate is refused. */
    private static final double LARGEST_RATE = 0.999;

    /** Both tests, which only report. */
    public static final DriftSettings DEFAULTS = new DriftSettings(
            DriftDetector.BOTH,
            DriftAction.REPORT,
            new PageHinkleySettings(15, 0.5),
            new AdwinSettings(0.002, 0.1),
            new DriftResponse(100, 3, 0.95, 20));

    public DriftSettings {
        SettingRecords.check(DriftSettings.class, detector, action, pageHinkley, adwin, response);
    }

    /** A learner's settings while an action lasts; they differ from the usual ones in the update alone. */
    public LearnerSettings acting(LearnerSettings usual) {
        UpdateSettings update = usual.update();
        OrganisationSettings organisation = usual.organisation();
        return new LearnerSettings(
                usual.groups(),
                usual.groupSize(),
                usual.encoder(),
                new UpdateSettings(
                        update.rule(),
                        Math.min(LARGEST_RATE, update.learningRate() * response.boost()),
                        update.beta1(),
                        update.beta2(),
                        update.epsilon(),
                        update.rho(),
                        response.forgetting(),
                        update.usageForgetting()),
                usual.initialisation(),
                new OrganisationSettings(
                        organisation.guidance(),
                        organisation.temperature(),
                        organisation.lambdaGrowth(),
                        response.resetAfter() == 0 ? organisation.resetAfter() : response.resetAfter(),
                        organisation.growth()),
                usual.batch(),
                usual.seed());
    }
}
