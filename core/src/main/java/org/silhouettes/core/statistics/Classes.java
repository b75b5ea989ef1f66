package org.silhouettes.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The classes of one model, in the order of their labels. */
final class Classes {

    private final SortedMap<String, ClassActivity> classes = new TreeMap<>();

    Classes() {}

    Classes(SortedMap<String, ActivityState.OfClass> state) {
        state.forEach((label, ofClass) -> classes.put(label, new ClassActivity(ofClass)));
    }

    /** The class of that label, created if there are fewer than the limit; null otherwise. */
    ClassActivity of(String label, int most, int groups, int atoms, int values) {
        ClassActivity activity = classes.get(label);
        if (activity == null && classes.size() < most) {
            activity = new ClassActivity(groups, atoms, values);
            classes.put(label, activity);
        }
        return activity;
    }

    /** Makes room for further groups and units, which no image has used. */
    void grow(int groups, int atoms) {
        classes.replaceAll((label, activity) -> activity.grown(groups, atoms));
    }

    /** The class each group stands for: the one with most energy in it; null for a group without any. */
    String[] assignments(int groups) {
        String[] standsFor = new String[groups];
        double[] most = new double[groups];
        for (Map.Entry<String, ClassActivity> entry : classes.entrySet()) {
            double[] ofClass = entry.getValue().energy();
            for (int g = 0; g < groups; g++) {
                if (ofClass[g] > most[g]) {
                    most[g] = ofClass[g];
                    standsFor[g] = entry.getKey();
                }
            }
        }
        return standsFor;
    }

    /** Multiplies the energies of all classes by a factor. */
    void fadeEnergies(double kept) {
        for (ClassActivity activity : classes.values()) {
            for (int g = 0; g < activity.energy().length; g++) {
                activity.energy()[g] *= kept;
            }
        }
    }

    /** Adds n_g² of an image learned from, norms[from + g], to the class of that label, where there is one. */
    void addEnergy(String label, float[] norms, int from) {
        ClassActivity activity = label == null ? null : classes.get(label);
        if (activity != null) {
            for (int g = 0; g < activity.energy().length; g++) {
                double norm = norms[from + g];
                activity.energy()[g] += norm * norm;
            }
        }
    }

    /** The window's images by class and strongest group, of those learned from or of those that are not. */
    List<long[]> counts(boolean learn) {
        return classes.values().stream().map(activity -> activity.counts(learn)).toList();
    }

    List<ClassReport> reports() {
        List<ClassReport> reports = new ArrayList<>(classes.size());
        classes.forEach((label, activity) -> reports.add(activity.report(label)));
        return reports;
    }

    void startWindow() {
        classes.values().forEach(ClassActivity::startWindow);
    }

    /** An estimate of the heap that they take. */
    long bytes() {
        return classes.isEmpty()
                ? 0
                : classes.size() * classes.get(classes.firstKey()).bytes();
    }

    SortedMap<String, ActivityState.OfClass> state() {
        SortedMap<String, ActivityState.OfClass> state = new TreeMap<>();
        classes.forEach((label, activity) -> state.put(label, activity.state()));
        return state;
    }
}
