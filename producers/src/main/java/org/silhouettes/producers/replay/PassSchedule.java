package org.silhouettes.producers.replay;

import org.silhouettes.producers.dataset.Seeds;

/** Passes over a selection, each in file order or each in a permutation of its own. */
final class PassSchedule implements Schedule {

    private final Selection selection;
    private final boolean shuffled;
    private final long seed;
    private final long length;
    private long permutedPass = -1;
    private int[] permutation;

    /** @param passes how often every image comes, or {@link Schedule#ENDLESS} */
    PassSchedule(Selection selection, boolean shuffled, long seed, long passes) {
        this.selection = selection;
        // an endless source comes in random order by itself
        this.shuffled = shuffled && selection.size() != ENDLESS;
        this.seed = seed;
        this.length = passes == ENDLESS || selection.size() == ENDLESS
                ? ENDLESS
                : Math.multiplyExact(selection.size(), passes);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Draw at(long position) {
        long pass = position / selection.size();
        int k = (int) (position % selection.size());
        if (!shuffled) {
            return new Draw(selection.index(position % selection.size()));
        }
        if (pass != permutedPass) {
            permutation = Seeds.random(seed, pass).permutation(Math.toIntExact(selection.size()));
            permutedPass = pass;
        }
        return new Draw(selection.index(permutation[k]));
    }
}
