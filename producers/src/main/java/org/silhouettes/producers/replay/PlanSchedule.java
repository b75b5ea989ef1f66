package org.silhouettes.producers.replay;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Seeds;

/**
 * The phases of a drift plan. At the start of a gradual phase an image is of the new phase with a probability that grows
 * evenly from 0 to 1, and else of the phase before.
 */
final class PlanSchedule implements Schedule {

    private final List<Phase> phases;
    private final List<PhaseImages> images = new ArrayList<>();
    private final long cycle;
    private final long length;
    private final long seed;

    PlanSchedule(ImageSource source, DriftPlan plan, long seed) {
        this.phases = plan.phases();
        for (int p = 0; p < phases.size(); p++) {
            images.add(
                    new PhaseImages(source, phases.get(p), Seeds.random(seed, p).nextLong()));
        }
        this.cycle = plan.images();
        this.length = plan.repeat() == ENDLESS ? ENDLESS : Math.multiplyExact(cycle, plan.repeat());
        this.seed = Seeds.random(seed, phases.size()).nextLong();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Draw at(long position) {
        long round = position / cycle;
        long offset = position % cycle;
        int p = 0;
        while (offset >= phases.get(p).images()) {
            offset -= phases.get(p).images();
            p++;
        }
        Phase phase = phases.get(p);
        boolean first = p == 0 && round == 0;
        if (offset < phase.gradual() && !first) {
            Random64 random = Seeds.random(seed, position);
            if (random.nextDouble() * (phase.gradual() + 1) >= offset + 1) {
                int before = p == 0 ? phases.size() - 1 : p - 1;
                return new Draw(
                        images.get(before).anyIndex(position, random),
                        phases.get(before).transforms());
            }
        }
        return new Draw(images.get(p).index(round * phase.images() + offset), phase.transforms());
    }
}
