// Draws atoms and images, one value a pixel: canvases keep the images' own resolution and CSS enlarges them by whole steps.

const OPAQUE = 0xff000000;
const surfaces = new WeakMap();

/** Has a canvas of that size filled, as little-endian RGBA words; what a fill leaves out stays as it was. */
export function paint(canvas, width, height, fill) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  let surface = surfaces.get(canvas);
  if (surface?.image.width !== width || surface.image.height !== height) {
    const context = canvas.getContext('2d');
    const image = context.createImageData(width, height);
    surface = { context, image, words: new Uint32Array(image.data.buffer) };
    surfaces.set(canvas, surface);
  }
  fill(surface.words);
  surface.context.putImageData(surface.image, 0, 0);
}

/** Writes one row of levels, an atom, into words at (left, top). */
export function drawLevels(words, stride, left, top, { height, width, channels }, levels, row, table) {
  const plain = channels === 1;
  let at = row * height * width * channels;
  for (let y = 0; y < height; y++) {
    const start = (top + y) * stride + left;
    if (plain) at = lookUp(words, start, levels, at, width, table);
    else at = copyColours(words, start, levels, at, width, 128);
  }
}

// short loops over plain arrays alone, which the browser's compiler makes fast
function lookUp(words, start, levels, at, number, table) {
  for (let i = 0; i < number; i++) words[start + i] = table[levels[at + i] & 255];
  return at + number;
}

function copyColours(words, start, values, at, number, zero) {
  for (let i = 0, from = at; i < number; i++, from += 3) {
    words[start + i] = OPAQUE | (zero + values[from + 2]) << 16 | (zero + values[from + 1]) << 8 | (zero + values[from]);
  }
  return at + 3 * number;
}

/** One atom, or another picture in signed levels, as a canvas of its own. */
export function drawAtom(canvas, shape, levels, row, table) {
  paint(canvas, shape.width, shape.height, words => drawLevels(words, shape.width, 0, 0, shape, levels, row, table));
}

/** An image of samples 0 (black) … 255, gray or RGB. */
export function drawSamples(canvas, shape, samples) {
  paint(canvas, shape.width, shape.height, words => {
    if (shape.channels === 1) for (let i = 0; i < words.length; i++) words[i] = OPAQUE | samples[i] * 0x010101;
    else copyColours(words, 0, samples, 0, words.length, 0);
  });
}

/** The sum of atoms k = from … with weights, as float values; null weights count 1 each. */
export function weightedAtoms(dictionary, weights, from = 0, to = dictionary.atoms) {
  const { values, levels, scales } = dictionary;
  const sum = new Float32Array(values);
  for (let k = from; k < to; k++) {
    const weight = (weights ? weights[k] || 0 : 1) * scales[k];
    if (weight === 0) continue;
    const at = k * values;
    for (let i = 0; i < values; i++) sum[i] += weight * levels[at + i];
  }
  return sum;
}

export function meanImage({ values, levels, scales, atoms }) {
  return Float32Array.from(levels.subarray(atoms * values, (atoms + 1) * values), level => scales[atoms] * level);
}

/** Signed values as levels −127 … 127 at their own full contrast. */
export function levelsOf(values) {
  let largest = 1e-9;
  for (const v of values) largest = Math.max(largest, Math.abs(v));
  return Int8Array.from(values, v => Math.round((127 * v) / largest));
}

/** Values 0 (black) … 1 as samples. */
export const samplesOf = values => Uint8ClampedArray.from(values, v => 255 * v);
