package org.silhouettes.core.encoder;

import java.util.Arrays;

/** Which groups of several images are on, in this layer's x, in the last one's and in the one before that. */
final class ActiveGroups {

    /** Flags by number: on in x, in x⁻, in the one before that; asked for in the next x. */
    static final int ON = 1;

    static final int ON_BEFORE = 2;
    static final int ON_LONG_BEFORE = 4;
    static final int ASKED = 8;

    private final byte[] flags;
    private GroupList on;
    private GroupList before;
    private GroupList longBefore;
    private int length;

    /** @param most groups of the most images together */
    ActiveGroups(int most) {
        this.flags = new byte[most];
        this.on = new GroupList(most);
        this.before = new GroupList(most);
        this.longBefore = new GroupList(most);
    }

    /** Starts with none, of so many. */
    void start(int groups) {
        length = groups;
        Arrays.fill(flags, 0, groups, (byte) 0);
        on.clear();
        before.clear();
        longBefore.clear();
    }

    /** Goes on by a layer, in which those of the groups that were asked for are on whose value is above {@code limit}. */
    void advance(GroupList asked, float[] values, float limit) {
        GroupList next = longBefore;
        longBefore = before;
        before = on;
        on = next;
        on.above(asked, values, limit);
        for (int i = 0; i < length; i++) {
            flags[i] = (byte) (flags[i] << 1 & (ON_BEFORE | ON_LONG_BEFORE));
        }
        for (int i = 0; i < on.count; i++) {
            flags[on.number[i]] |= ON;
        }
    }

    /** Flags by number; live. */
    byte[] flags() {
        return flags;
    }

    /** Lists the groups with some of these flags. */
    void list(int mask, GroupList out) {
        out.flagged(flags, mask, length);
    }

    /** Groups that are on in x; live. */
    GroupList on() {
        return on;
    }

    /** Groups that were on two layers ago; live. */
    GroupList longBefore() {
        return longBefore;
    }
}
