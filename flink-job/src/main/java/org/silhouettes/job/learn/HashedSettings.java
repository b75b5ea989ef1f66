package org.silhouettes.job.learn;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * Settings that affect learning, as shown in reports.
 *
 * @param texts values by option key
 * @param hash equal for equal values
 */
public record HashedSettings(TreeMap<String, String> texts, String hash) implements Serializable {}
