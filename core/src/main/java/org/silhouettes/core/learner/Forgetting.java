package org.silhouettes.core.learner;

/** The factor β by which the alternating update's statistics fade before a mini-batch is added to them. */
final class Forgetting {

    private Forgetting() {}

    /**
     * The constant factor where one is set, else β_t = (1 − 1/t)^ρ (Mairal et al. 2009, §3.4.2).
     *
     * @param t number of this update, from 1
     */
    static double factor(UpdateSettings settings, long t) {
        if (settings.forgetting() > 0) {
            return settings.forgetting();
        }
        return settings.rho() == 0 ? 1 : Math.pow(1 - 1.0 / t, settings.rho());
    }
}
