package org.silhouettes.core.learner;

/**
 * What a mini-batch changed in its model.
 *
 * @param updated whether the dictionary was updated, so that its version grew by one
 * @param newGroups number of groups that were added after the update, behind the existing ones
 * @param groupsLimited whether memory allows no further groups, although the images may need them
 */
public record UpdateResult(boolean updated, int newGroups, boolean groupsLimited) {

    /** The update was dropped, as its result was not finite. */
    static final UpdateResult DROPPED = new UpdateResult(false, 0, false);

    /** The dictionary was updated, its groups stay. */
    static final UpdateResult UPDATED = new UpdateResult(true, 0, false);
}
