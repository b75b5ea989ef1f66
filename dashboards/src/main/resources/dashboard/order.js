// Finding and ordering.

/** Index of the last of a sorted list that is at most x, by that key; 0 where all are above. */
export function lastUpTo(x, list, key = one => one) {
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (key(list[middle]) <= x) low = middle; else high = middle - 1;
  }
  return low;
}

/** Compares names in an order that reads: numbers by value, then words. */
export const byName = new Intl.Collator('en', { numeric: true }).compare;
