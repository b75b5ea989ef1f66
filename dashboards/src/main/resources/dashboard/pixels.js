// Draws atoms and images, one value a pixel: canvases keep the images' own resolution and CSS enlarges them by whole steps.

/** Writes one atom into an ImageData's words at (left, top). */
export function drawLevels(words, stride, left, top, dictionary, row, table) {
  const { height, width, channels, values, levels } = dictionary;
  let at = row * values;
  if (channels === 1) {
    for (let y = 0; y < height; y++) {
      let to = (top + y) * stride + left;
      for (let x = 0; x < width; x++) words[to++] = table[levels[at++] & 255];
    }
    return;
  }
  for (let y = 0; y < height; y++) {
    let to = (top + y) * stride + left;
    for (let x = 0; x < width; x++) {
      const r = 128 + levels[at++], g = 128 + levels[at++], b = 128 + levels[at++];
      words[to++] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
    }
  }
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

export function meanImage(dictionary) {
  const { values, levels, scales, atoms } = dictionary;
  const mean = new Float32Array(values);
  for (let i = 0; i < values; i++) mean[i] = scales[atoms] * levels[atoms * values + i];
  return mean;
}

/** Draws signed float values at their own full contrast, as an atom. */
export function drawSigned(canvas, shape, values, table) {
  let largest = 1e-9;
  for (const v of values) largest = Math.max(largest, Math.abs(v));
  const levels = new Int8Array(values.length);
  for (let i = 0; i < values.length; i++) levels[i] = Math.round((127 * values[i]) / largest);
  paint(canvas, shape.width, shape.height, words =>
    drawLevels(words, shape.width, 0, 0, { ...shape, values: values.length, levels }, 0, table));
}

/** Draws an image whose values are 0 (black) … 1 (white), or RGB. */
export function drawImage(canvas, shape, values) {
  paint(canvas, shape.width, shape.height, words => {
    const clamp = v => Math.max(0, Math.min(255, Math.round(255 * v)));
    for (let i = 0, at = 0; i < words.length; i++) {
      const r = clamp(values[at]);
      const g = shape.channels === 1 ? r : clamp(values[at + 1]);
      const b = shape.channels === 1 ? r : clamp(values[at + 2]);
      at += shape.channels;
      words[i] = (255 << 24 | b << 16 | g << 8 | r) >>> 0;
    }
  });
}

export function paint(canvas, width, height, fill) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  const image = context.createImageData(width, height);
  fill(new Uint32Array(image.data.buffer));
  context.putImageData(image, 0, 0);
}
