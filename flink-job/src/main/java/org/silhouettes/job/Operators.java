package org.silhouettes.job;

/** Name and uid of every operator of the job. A uid never changes: a savepoint's state is found by it. */
public enum Operators {
    SOURCE("images", "images-source"),
    TOPIC("images-topic", "images-topic-guard"),
    DECODE("decode", "decode"),
    LEARN("learn", "learn"),
    DICTIONARIES("dictionaries", "dictionaries-sink"),
    SILHOUETTES("silhouettes", "silhouettes-sink"),
    ACTIVITY("activity", "activity-sink"),
    CODES("codes", "codes-sink"),
    CHANNEL_REJECTIONS("channel-rejections", "channel-rejections"),
    REJECTED("rejected", "rejected-sink");

    private final String title;
    private final String uid;

    Operators(String title, String uid) {
        this.title = title;
        this.uid = uid;
    }

    /** Name as the web UI and the metrics show it. */
    public String title() {
        return title;
    }

    public String uid() {
        return uid;
    }
}
