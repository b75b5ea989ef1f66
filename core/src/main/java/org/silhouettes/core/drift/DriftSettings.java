package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.core.update.UpdateSettings;

/**
 * How a model's stream is watched for drift.
 *
 * @param threshold λ of {@link PageHinkley}, > 0
 * @param tolerance δ of {@link PageHinkley}, in standard deviations, > 0
 * @param delta δ of {@link Adwin}, 0 … 1
 * @param minIncrease by what share the mean error after {@link Adwin}'s cut has to exceed the one before it for the cut to be
 *     marked, ≥ 0: a long window detects changes that are too small to matter
 * @param updates how many updates an action lasts, ≥ 1
 * @param boost by what the learning rate is multiplied meanwhile, ≥ 1
 * @param forgetting the alternating update's forgetting factor meanwhile, above 0, at most 1
 * @param reviveAfter updates without use after which an atom or group is re-initialised meanwhile; 0 keeps the usual setting
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
        @Setting(
                        key = "drift.threshold",
                        above = 0,
                        max = 1e6,
                        help = "Detection threshold of the Page-Hinkley test; larger values detect later with fewer"
                                + " false alarms.")
                double threshold,
        @Setting(
                        key = "drift.tolerance",
                        above = 0,
                        below = PageHinkley.MAX_VALUE,
                        unit = "standard deviations",
                        help = "Increase that the Page-Hinkley test ignores.")
                double tolerance,
        @Setting(
                        key = "drift.delta",
                        above = 0,
                        below = 1,
                        help = "Confidence parameter of ADWIN: the probability of a false cut.")
                double delta,
        @Setting(
                        key = "drift.min-increase",
                        formerly = "drift.least-rise",
                        min = 0,
                        max = 10,
                        unit = "times the previous error",
                        help = "Minimum relative increase of the mean error at an ADWIN cut to report a drift;"
                                + " without it, ADWIN reports changes of 1 % on long windows.")
                double minIncrease,
        @Setting(
                        key = "drift.updates",
                        min = 1,
                        max = 1_000_000,
                        unit = "updates",
                        help = "Duration of drift.action=adapt after the last drift.")
                int updates,
        @Setting(
                        key = "drift.boost",
                        min = 1,
                        max = 1000,
                        help = "Factor on learner.learning-rate during drift.action=adapt.")
                double boost,
        @Setting(
                        key = "drift.forgetting",
                        min = 0.001,
                        max = 1,
                        help = "Forgetting factor of the alternating update during drift.action=adapt.")
                double forgetting,
        @Setting(
                        key = "drift.reset-after",
                        formerly = "drift.revive-after",
                        min = 0,
                        max = 1_000_000,
                        unit = "updates",
                        help = "Value of dead-atoms.reset-after during drift.action=adapt; 0 keeps the usual value.")
                int reviveAfter)
        implements Serializable {

    /** Above this a learning rate is refused. */
    private static final double LARGEST_RATE = 0.999;

    /** Both tests, which only tell. */
    public static final DriftSettings DEFAULTS =
            new DriftSettings(DriftDetector.BOTH, DriftAction.REPORT, 15, 0.5, 0.002, 0.1, 100, 3, 0.95, 20);

    public DriftSettings {
        SettingRecords.check(
                DriftSettings.class,
                detector,
                action,
                threshold,
                tolerance,
                delta,
                minIncrease,
                updates,
                boost,
                forgetting,
                reviveAfter);
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
                        Math.min(LARGEST_RATE, update.learningRate() * boost),
                        update.beta1(),
                        update.beta2(),
                        update.epsilon(),
                        update.rho(),
                        forgetting,
                        update.usageForgetting()),
                usual.initialisation(),
                new OrganisationSettings(
                        organisation.guidance(),
                        organisation.temperature(),
                        organisation.lambdaGrowth(),
                        reviveAfter == 0 ? organisation.resetAfter() : reviveAfter,
                        organisation.growth()),
                usual.batch(),
                usual.seed());
    }
}
