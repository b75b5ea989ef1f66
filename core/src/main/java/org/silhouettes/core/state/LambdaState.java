package org.silhouettes.core.state;

/** How far λ is below its setting, and how many of the last images had a zero code. */
public final class LambdaState {

    private float share;
    private float zeroCodeShare;

    public LambdaState() {
        this(1, 0);
    }

    public LambdaState(float share, float zeroCodeShare) {
        this.share = share;
        this.zeroCodeShare = zeroCodeShare;
    }

    /** λ as a share of its setting, above 0, up to 1. */
    public float share() {
        return share;
    }

    public void share(float next) {
        share = next;
    }

    /** Share of the last images whose code is zero, while λ is below its setting. */
    public float zeroCodeShare() {
        return zeroCodeShare;
    }

    public void zeroCodeShare(float next) {
        zeroCodeShare = next;
    }

    LambdaState copy() {
        return new LambdaState(share, zeroCodeShare);
    }
}
