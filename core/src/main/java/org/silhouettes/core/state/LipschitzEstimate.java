package org.silhouettes.core.state;

/** The estimate of a dictionary's Lipschitz constant L, with the vector of the power iteration that continues it. */
public final class LipschitzEstimate {

    /** The version of an estimate that was never made. */
    public static final long NONE = -1;

    private float constant;
    private long version;
    private boolean clampReported;
    private float[] vector;

    public LipschitzEstimate() {
        this(0, NONE, false, new float[0]);
    }

    /** Restores an estimate; keeps the vector. */
    public LipschitzEstimate(float constant, long version, boolean clampReported, float[] vector) {
        this.constant = constant;
        this.version = version;
        this.clampReported = clampReported;
        this.vector = vector;
    }

    /** L, 0 before the first estimate. */
    public float constant() {
        return constant;
    }

    /** The dictionary's version that L was estimated for, or {@link #NONE}. */
    public long version() {
        return version;
    }

    public void set(float nextConstant, long nextVersion) {
        constant = nextConstant;
        version = nextVersion;
    }

    /** Whether the log has said that the configured step is clamped. */
    public boolean clampReported() {
        return clampReported;
    }

    public void reportClamp() {
        clampReported = true;
    }

    /** The power iteration's vector, live. */
    public float[] vector() {
        return vector;
    }

    /** The same; zeros where it does not have this length. */
    public float[] vector(int atoms) {
        vector = Sized.floats(vector, atoms);
        return vector;
    }

    /** The power iteration starts again: zeros at the new atoms would not find an eigenvector among them. */
    void grow(int atoms) {
        vector = new float[atoms];
    }

    LipschitzEstimate copy() {
        return new LipschitzEstimate(constant, version, clampReported, vector.clone());
    }
}
