package org.silhouettes.linalg;

/** What a step of Adam has in common for all values; made once, {@link #at} leads it from step to step. */
public final class AdamStep {

    private final float beta1;
    private final float beta2;
    private final float epsilon;
    private float rate;
    private float correction;

    public AdamStep(double beta1, double beta2, double epsilon) {
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        this.epsilon = (float) epsilon;
    }

    /**
     * Makes this the next step.
     *
     * @param nextRate learning rate over 1 − β₁ᵗ
     * @param nextCorrection 1 over √(1 − β₂ᵗ)
     */
    public AdamStep at(double nextRate, double nextCorrection) {
        rate = (float) nextRate;
        correction = (float) nextCorrection;
        return this;
    }

    float beta1() {
        return beta1;
    }

    float beta2() {
        return beta2;
    }

    float epsilon() {
        return epsilon;
    }

    float rate() {
        return rate;
    }

    float correction() {
        return correction;
    }
}
