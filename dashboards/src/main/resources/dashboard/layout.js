// Where things are placed: arithmetic alone, without the document.
import { byName } from './order.js';

/** Between two columns of cards, as in style.css. */
const GAP = 32;
/** Room for a heading, as in style.css. */
const MIN_CARD = 176;
/** Lines and padding of a card besides its atoms. */
const HEADING = 36;
const PADDING = 8;
const MIN_WIDTH = 240;
const MAX_ROWS = 6;
const MAX_STEPS = 8;

/**
 * The layout of a dictionary's atoms: CSS pixels per image pixel (whole device pixels), atoms per row, cards per line, and
 * the total height. It is the largest scale at which all cards fit into the window, unless a zoom is chosen.
 */
export function fitAtoms(dictionary, { width, height, ratio, zoom }) {
  const step = 1 / ratio;
  const available = Math.max(MIN_WIDTH, width);
  const layoutAt = scale => (dictionary.groupSize === 1 ? flatAt : cardsAt)(dictionary, available, scale);
  if (zoom !== 0) return layoutAt(zoom * Math.max(step, Math.round(ratio) * step));
  let chosen = layoutAt(step * Math.max(1, Math.floor(ratio)));
  for (let n = 2; n <= MAX_STEPS; n++) {
    const next = layoutAt(n * step);
    if (next.total > 0.95 * height || next.total === Infinity) break;
    chosen = next;
  }
  return chosen;
}

/** Groups of one atom: one card holds all. */
function flatAt({ groups, width, height }, available, scale) {
  const fitting = Math.max(1, Math.floor(available / ((width + 1) * scale)));
  const rows = Math.ceil(groups / fitting);
  return { scale, perRow: Math.min(fitting, groups), columns: 1, rows, total: rows * (height + 1) * scale };
}

/** A card per group; the number of rows of atoms in a card is the one that makes the panel lowest. */
function cardsAt({ groups, groupSize, width, height }, available, scale) {
  const cell = (width + 1) * scale;
  let best = null;
  for (let rows = 1; rows <= MAX_ROWS; rows++) {
    const perRow = Math.ceil(groupSize / rows);
    const cardHeight = rows * (height + 1) * scale;
    const picture = Math.min(cardHeight, 0.24 * available);
    const cardWidth = Math.max(MIN_CARD, perRow * cell + PADDING + picture);
    const columns = Math.min(groups, Math.floor((available + GAP) / (cardWidth + GAP)));
    if (columns < 1) continue;
    const total = Math.ceil(groups / columns) * (cardHeight + HEADING);
    if (!best || total < best.total) best = { scale, perRow, columns, rows, total, picture };
  }
  return best ?? { scale, perRow: Math.max(1, Math.floor((available - PADDING) / cell)), columns: 1, rows: 0, total: Infinity, picture: 0 };
}

/** The groups by their class (those without one last), by their share (largest first), or by index. */
export function sortGroups(groups, by) {
  const order = [...groups];
  if (by === 'class') order.sort((a, b) => (a.label == null) - (b.label == null) || byName(a.label ?? '', b.label ?? '') || a.index - b.index);
  if (by === 'share') order.sort((a, b) => (b.share || 0) - (a.share || 0));
  return order;
}

/** Indices of the groups in the order of the classes they stand for, so that an organised dictionary shows a diagonal. */
export function diagonalOrder(groups, classes) {
  const rank = new Map(classes.map((one, i) => [one.label, i]));
  return [...groups]
    .sort((a, b) => (rank.get(a.label) ?? 1e9) - (rank.get(b.label) ?? 1e9) || (b.share || 0) - (a.share || 0) || a.index - b.index)
    .map(group => group.index);
}
