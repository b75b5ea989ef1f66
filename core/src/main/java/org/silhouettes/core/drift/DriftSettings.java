package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.OrganisationSettings;
import org.silhouettes.core.learner.UpdateSettings;

/**
 * How a model's stream is watched for drift.
 *
 * @param threshold λ of {@link PageHinkley}, > 0
 * @param tolerance δ of {@link PageHinkley}, in standard deviations, > 0
 * @param delta δ of {@link Adwin}, 0 … 1
 * @param leastRise by what share the mean error after {@link Adwin}'s cut has to exceed the one before it for the cut to be
 *     marked, ≥ 0: a long window tells of changes that nobody would call a drift
 * @param updates how many updates an action lasts, ≥ 1
 * @param boost by what the learning rate is multiplied meanwhile, ≥ 1
 * @param forgetting the alternating update's forgetting factor meanwhile, above 0, at most 1
 * @param reviveAfter updates without use after which an atom or group is revived meanwhile; 0 leaves that as it is
 */
public record DriftSettings(
        DriftDetector detector,
        DriftAction action,
        double threshold,
        double tolerance,
        double delta,
        double leastRise,
        int updates,
        double boost,
        double forgetting,
        int reviveAfter)
        implements Serializable {

    /** Above this a learning rate is refused. */
    private static final double LARGEST_RATE = 0.999;

    /** Both tests, which only tell. */
    public static final DriftSettings DEFAULTS =
            new DriftSettings(DriftDetector.BOTH, DriftAction.TELL, 15, 0.5, 0.002, 0.1, 100, 3, 0.95, 20);

    public DriftSettings {
        require(threshold > 0 && threshold <= 1e6, "drift threshold", threshold, "above 0");
        require(tolerance > 0 && tolerance < PageHinkley.MOST, "drift tolerance", tolerance, "above 0 and below 4");
        require(delta > 0 && delta < 1, "drift delta", delta, "above 0 and below 1");
        require(leastRise >= 0 && leastRise <= 10, "drift least rise", leastRise, "0 to 10");
        require(updates >= 1, "drift updates", updates, "at least 1");
        require(boost >= 1 && boost <= 1000, "drift boost", boost, "1 to 1000");
        require(forgetting > 0 && forgetting <= 1, "drift forgetting", forgetting, "above 0, at most 1");
        require(reviveAfter >= 0, "drift revive after", reviveAfter, "0 or more updates");
    }

    /** A learner's settings while an action goes on; they differ from the usual ones in the update alone. */
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
                        reviveAfter == 0 ? organisation.reviveAfter() : reviveAfter,
                        organisation.consolidation()),
                usual.batch(),
                usual.seed());
    }

    private static void require(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be " + range);
        }
    }
}
