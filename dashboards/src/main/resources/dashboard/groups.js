// What each group stands for, from an activity report.
import { byName } from './order.js';

/** Per group: the label whose images choose it most, that label's share among those who do, and the group's share. */
export function describeGroups(activity, groups) {
  const classes = activity?.classes ?? [];
  return Array.from({ length: groups }, (_, g) => {
    let sum = 0, best = 0, label = null;
    for (const one of classes) {
      const weight = (one.strongest?.[g] ?? 0) * (one.windowImages || one.images || 1);
      sum += weight;
      if (weight > best) { best = weight; label = one.label; }
    }
    return {
      index: g, label, purity: sum > 0 ? best / sum : NaN,
      share: activity?.group?.share?.[g] ?? NaN, active: activity?.group?.active?.[g] ?? NaN,
    };
  });
}

/** Mean code per unit over all classes, as weights for a group's own picture; null without classes. */
export function unitWeights(activity, atoms) {
  const classes = (activity?.classes ?? []).filter(one => one.unitActivity?.length === atoms);
  if (!classes.length) return null;
  const weights = new Float32Array(atoms);
  for (const one of classes) {
    for (let k = 0; k < atoms; k++) weights[k] += one.unitActivity[k] * (one.windowImages || 1);
  }
  return weights.some(w => w !== 0) ? weights : null;
}

/** The classes by their names. */
export const sortedClasses = activity => [...(activity?.classes ?? [])].sort((a, b) => byName(a.label, b.label));
