package org.silhouettes.core.encoder;

import java.util.Arrays;

/** The active groups of several images, in the codes x of this layer and of the two layers before. */
final class ActiveGroups {

    /** Flags by number: active in x, in x⁻, in the codes before x⁻; required for the next x. */
    static final int ACTIVE = 1;

    static final int ACTIVE_BEFORE = 2;
    static final int ACTIVE_2_BEFORE = 4;
    static final int REQUIRED = 8;

    private final byte[] flags;
    private GroupList active;
    private GroupList before;
    private GroupList twoBefore;
    private int length;

    /** @param max number of groups of all images */
    ActiveGroups(int max) {
        this.flags = new byte[max];
        this.active = new GroupList(max);
        this.before = new GroupList(max);
        this.twoBefore = new GroupList(max);
    }

    /** Resets to no active group, for this number of groups. */
    void start(int groups) {
        length = groups;
        Arrays.fill(flags, 0, groups, (byte) 0);
        active.clear();
        before.clear();
        twoBefore.clear();
    }

    /** Advances by a layer: active are the required groups whose value is above {@code limit}. */
    void advance(GroupList required, float[] values, float limit) {
        GroupList next = twoBefore;
        twoBefore = before;
        before = active;
        active = next;
        active.above(required, values, limit);
        for (int i = 0; i < length; i++) {
            flags[i] = (byte) (flags[i] << 1 & (ACTIVE_BEFORE | ACTIVE_2_BEFORE));
        }
        for (int i = 0; i < active.count; i++) {
            flags[active.number[i]] |= ACTIVE;
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

    /** Groups that are active in x; live. */
    GroupList active() {
        return active;
    }

    /** Groups that were active two layers ago; live. */
    GroupList twoBefore() {
        return twoBefore;
    }
}
