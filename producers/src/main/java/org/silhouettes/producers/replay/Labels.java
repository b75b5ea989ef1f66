package org.silhouettes.producers.replay;

/** Whether labels are sent. */
public enum Labels {
    /** In the header of each image that has one. */
    ON,
    /** Never. */
    OFF;

    public boolean sent() {
        return this == ON;
    }
}
