package org.silhouettes.core.state;

/** The decaying share of images that no prototype is near to. */
public final class NoveltyState {

    private float share;

    public NoveltyState() {
        this(0);
    }

    public NoveltyState(float share) {
        this.share = share;
    }

    /** 0 … 1. */
    public float share() {
        return share;
    }

    public void share(float next) {
        share = next;
    }

    NoveltyState copy() {
        return new NoveltyState(share);
    }
}
