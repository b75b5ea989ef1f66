package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;

/**
 * What an initialisation made.
 *
 * @param dictionary the first dictionary, at version 0; live
 * @param groupsLimited whether memory allows no further groups, although the number of groups is left open
 */
public record InitialisationResult(Dictionary dictionary, boolean groupsLimited) {}
