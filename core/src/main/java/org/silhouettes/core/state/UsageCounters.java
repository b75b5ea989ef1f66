package org.silhouettes.core.state;

import java.util.Arrays;

/** Updates since each atom's last use, and how many atoms and groups were re-initialised. */
public final class UsageCounters {

    private int[] idle;
    private long resetAtoms;
    private long resetGroups;

    public UsageCounters() {
        this(new int[0], 0, 0);
    }

    /** Restores counters; keeps the array. */
    public UsageCounters(int[] idle, long resetAtoms, long resetGroups) {
        this.idle = idle;
        this.resetAtoms = resetAtoms;
        this.resetGroups = resetGroups;
    }

    /** Updates since the last use of each atom, live; empty before the first count. */
    public int[] idle() {
        return idle;
    }

    /** The same; zeros where there are fewer atoms. */
    public int[] idle(int atoms) {
        if (idle.length != atoms) {
            idle = new int[atoms];
        }
        return idle;
    }

    /** Atoms that were re-initialised, without those of whole groups. */
    public long resetAtoms() {
        return resetAtoms;
    }

    /** Groups that were re-initialised. */
    public long resetGroups() {
        return resetGroups;
    }

    public void countAtom() {
        resetAtoms++;
    }

    public void countGroup() {
        resetGroups++;
    }

    void resetAtom(int atom) {
        if (atom < idle.length) {
            idle[atom] = 0;
        }
    }

    void grow(int atoms) {
        idle = idle.length == 0 ? idle : Arrays.copyOf(idle, atoms);
    }

    UsageCounters copy() {
        return new UsageCounters(idle.clone(), resetAtoms, resetGroups);
    }
}
