package org.silhouettes.core.state;

/** The prototypes of a model's groups and the scales of the guidance loss, as the initialisation found them. */
public final class PrototypeState {

    private Prototypes prototypes;
    private float meanSquare;
    private float meanNorm;

    public PrototypeState() {
        this(null, 0, 0);
    }

    public PrototypeState(Prototypes prototypes, float meanSquare, float meanNorm) {
        this.prototypes = prototypes;
        this.meanSquare = meanSquare;
        this.meanNorm = meanNorm;
    }

    /** Null where images are assigned to no group. */
    public Prototypes prototypes() {
        return prototypes;
    }

    public void prototypes(Prototypes next) {
        prototypes = next;
    }

    public void scale(double square, double norm) {
        meanSquare = (float) square;
        meanNorm = (float) norm;
    }

    /** Mean square of the centred warm-up images. */
    public float meanSquare() {
        return meanSquare;
    }

    /** Mean norm of their strongest groups with the first dictionary; 0 where it is not known. */
    public float meanNorm() {
        return meanNorm;
    }

    PrototypeState copy() {
        return new PrototypeState(prototypes, meanSquare, meanNorm);
    }
}
