package org.silhouettes.dashboards.settings;

import org.silhouettes.wire.Topics;

/** Names of the topics a dashboard reads. */
public record DashboardTopics(String images, String dictionaries, String activity, String rejected) {

    /** The default names, which every part of the system uses. */
    public static final DashboardTopics DEFAULTS =
            new DashboardTopics(Topics.IMAGES, Topics.DICTIONARIES, Topics.ACTIVITY, Topics.REJECTED);

    public DashboardTopics {
        requireName("images", images);
        requireName("dictionaries", dictionaries);
        requireName("activity", activity);
        requireName("rejected", rejected);
    }

    private static void requireName(String role, String name) {
        if (name == null || !name.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("topic for " + role + " is \"" + name
                    + "\", a topic's name has 1 to 249 letters, digits, dots, dashes and underscores");
        }
    }
}
