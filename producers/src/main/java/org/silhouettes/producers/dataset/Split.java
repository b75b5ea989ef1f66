package org.silhouettes.producers.dataset;

/** Which part of a data set that comes in two. */
public enum Split {
    TRAIN,
    TEST;

    /** As it stands in ids and options: lower case. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
