package org.silhouettes.job.learn;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * The settings that affect learning, as reports show them.
 *
 * @param texts values by option key
 * @param hash the same values have the same hash
 */
public record HashedSettings(TreeMap<String, String> texts, String hash) implements Serializable {}
