package org.silhouettes.faults;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.silhouettes.wire.Topics;

/**
 * All that a job put out, as a reader with {@code read_committed} sees it: one entry a record, by what the record is
 * about, with a fingerprint of what it says. Wall-clock times are left out of the fingerprint.
 *
 * <pre>
 *   dictionaries  model/group@version        SHA-256 of the array and of the whole dictionary
 *   activity      model@version/learned      the report: class counts, losses, statistics
 *   codes         model/image id             the code
 *   silhouettes   model@version/kind/group   SHA-256 of the picture
 *   rejected      topic-partition@offset     the reason
 * </pre>
 */
final class Outcome {

    private final SortedMap<String, String> entries = new TreeMap<>();
    private final Map<String, Integer> times = new HashMap<>();

    /** How one outcome differs from the fault-free one. */
    record Difference(long lost, long duplicated, long changed, boolean hashEqual, String examples) {
        boolean none() {
            return lost == 0 && duplicated == 0 && changed == 0 && hashEqual;
        }
    }

    /** Adds a record; the second one about the same thing counts as one of its own, {@code …#2}. */
    void add(String topic, String about, String says) {
        String key = topic + " " + about;
        int nth = times.merge(key, 1, Integer::sum);
        entries.put(nth == 1 ? key : key + "#" + nth, says);
    }

    /** Records of a topic. */
    long count(String topic) {
        return about(topic).size();
    }

    SortedMap<String, String> about(String topic) {
        return entries.subMap(topic + " ", topic + "!");
    }

    /** The same without a topic. */
    Outcome without(String topic) {
        Outcome rest = new Outcome();
        rest.entries.putAll(entries);
        rest.entries.keySet().removeAll(about(topic).keySet());
        return rest;
    }

    /** The same without the records of another outcome. */
    Outcome without(Outcome other) {
        Outcome rest = new Outcome();
        rest.entries.putAll(entries);
        rest.entries.keySet().removeAll(other.entries.keySet());
        return rest;
    }

    boolean has(String topic, String about) {
        return entries.containsKey(topic + " " + about);
    }

    /** Whether every record of the other is here. */
    boolean covers(Outcome other) {
        return entries.keySet().containsAll(other.entries.keySet());
    }

    /**
     * Compares with the fault-free outcome. A record that should be there and is not is lost; one too many is
     * duplicated; one that says something else is changed.
     */
    Difference from(Outcome faultFree) {
        long lost = 0;
        long changed = 0;
        long unexpected = 0;
        StringBuilder examples = new StringBuilder();
        for (Map.Entry<String, String> expected : faultFree.entries.entrySet()) {
            String says = entries.get(expected.getKey());
            if (says == null) {
                lost++;
                example(examples, lost, "lost: " + expected.getKey());
            } else if (!says.equals(expected.getValue())) {
                changed++;
                example(examples, changed, "changed: " + expected.getKey() + difference(expected.getValue(), says));
            }
        }
        for (String key : entries.keySet()) {
            if (!faultFree.entries.containsKey(key)) {
                unexpected++;
                example(examples, unexpected, "too many: " + key);
            }
        }
        boolean hashEqual = about(Topics.DICTIONARIES).equals(faultFree.about(Topics.DICTIONARIES));
        return new Difference(lost, unexpected, changed, hashEqual, examples.toString());
    }

    private static void example(StringBuilder examples, long number, String text) {
        if (number <= 3) {
            examples.append(text).append('\n');
        }
    }

    /** Where two texts part, with what is around. */
    private static String difference(String expected, String says) {
        int at = 0;
        while (at < Math.min(expected.length(), says.length()) && expected.charAt(at) == says.charAt(at)) {
            at++;
        }
        return "\n  expected " + around(expected, at) + "\n  but was  " + around(says, at);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 120));
    }
}
