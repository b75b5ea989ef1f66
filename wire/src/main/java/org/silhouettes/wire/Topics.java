package org.silhouettes.wire;

/** Default topic names. */
public final class Topics {
    public static final String IMAGES = "images";
    public static final String DICTIONARIES = "dictionaries";
    public static final String SILHOUETTES = "silhouettes";
    public static final String ACTIVITY = "activity";
    public static final String CODES = "codes";
    public static final String REJECTED = "rejected";

    private Topics() {}
}
