// How far atoms moved, and what they look like.
import { meanImage } from './pixels.js';

/** 1 − cosine of an atom in two dictionaries; 0 is unmoved, 1 unrelated. */
export function movement(now, before, k) {
  const { values } = now;
  let dot = 0, a = 0, b = 0;
  for (let i = k * values; i < (k + 1) * values; i++) {
    const x = now.levels[i], y = before.levels[i];
    dot += x * y;
    a += x * x;
    b += y * y;
  }
  return a && b ? Math.max(0, 1 - dot / Math.sqrt(a * b)) : a === b ? 0 : 1;
}

/** The class whose mean image, less the mean of all, correlates most with the atom. */
export function nearestClass(dictionary, atom, classMeans) {
  if (!classMeans?.size) return null;
  const { values, levels } = dictionary;
  const overall = meanImage(dictionary);
  const from = atom * values;
  let best = null;
  for (const [label, { mean }] of classMeans) {
    if (mean.length !== values) continue;
    let sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (let i = 0; i < values; i++) {
      const x = levels[from + i], y = mean[i] / 255 - overall[i];
      sx += x; sy += y; sxx += x * x; syy += y * y; sxy += x * y;
    }
    const correlation = (values * sxy - sx * sy) / Math.sqrt((values * sxx - sx * sx) * (values * syy - sy * sy) || 1);
    if (!best || correlation > best.correlation) best = { label, correlation };
  }
  return best;
}
