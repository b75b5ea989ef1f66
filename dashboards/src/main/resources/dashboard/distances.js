// Pairwise distances in pixels and in codes, the paper's Figure 2. Asked for only while the panel is in sight.
import * as api from './api.js';
import { byId, setText } from './dom.js';
import { count, fixed } from './format.js';
import { palettes } from './palette.js';
import { paint } from './pixels.js';
import { state } from './state.js';

const PAUSE_MILLIS = 400;
let visible = false;
let wanted = null;
let shown = '';
let drawn = null;
let timer = 0;

export function initDistances() {
  new IntersectionObserver(entries => {
    visible = entries[entries.length - 1].isIntersecting;
    if (visible) ask();
  }, { rootMargin: '200px' }).observe(byId('distances'));
}

/**
 * The version that is to be shown; while it changes quickly, only the last one is asked for. A server that has started again is
 * asked when it has read that far.
 */
export function renderDistances({ entry, dictionary, summary, status }) {
  wanted = dictionary && status?.state !== 'lost' && summary?.version >= entry.version ? entry : null;
  ask();
}

/** Draws again: another theme. */
export function redrawDistances() {
  if (drawn) draw(drawn);
}

function ask() {
  clearTimeout(timer);
  const key = wanted ? `${state.model}\n${wanted.sha256}` : '';
  if (!visible || !wanted || key === shown) return;
  const of = { model: state.model, version: wanted.version };
  timer = setTimeout(() => load(key, of), PAUSE_MILLIS);
}

async function load(key, of) {
  shown = key;
  try {
    const bytes = await api.buffer('distances.bin', of);
    if (key !== shown) return;
    drawn = decode(bytes);
    if (drawn.n) {
      draw(drawn);
      return;
    }
    drawn = null;
    setText(byId('distances-hint'), 'appear when labelled images have been seen in the images topic');
  } catch (error) {
    setText(byId('distances-hint'), error.message);
  }
  // not there yet: once more when something is drawn later on
  setTimeout(() => { if (shown === key) shown = ''; }, 3000);
}

function decode(bytes) {
  const length = new DataView(bytes).getInt32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
  const n = head.labels.length;
  return { head, n, pixels: new Uint8Array(bytes, 4 + length, n * n), codes: new Uint8Array(bytes, 4 + length + n * n, n * n) };
}

function draw({ head, n, pixels, codes }) {
  const table = palettes().distance;
  for (const [id, matrix, numbers] of [['pixels', pixels, head.pixels], ['codes', codes, head.codes]]) {
    const canvas = byId(`matrix-${id}`);
    paint(canvas, n, n, words => { for (let i = 0; i < words.length; i++) words[i] = table[matrix[i]]; });
    const text = numbers.distanceRatio == null ? '' : `· between ÷ within classes ${fixed(numbers.distanceRatio, 2)} · silhouette score ${fixed(numbers.silhouetteScore, 2)}`;
    setText(byId(`ratio-${id}`), text);
    canvas.setAttribute('aria-label', `Distances between ${n} images in ${id}. ${text}`);
  }
  setText(byId('distances-hint'), `of ${count(n)} sampled images of ${count(new Set(head.labels).size)} classes, sorted by class; dark is near`);
}
