// Draw or drop an image and see its code: groups, the atoms that explain it, the reconstruction layer by layer.
import { byId, el, setText } from './dom.js';
import { fixed, loss } from './format.js';
import { tone } from './palette.js';
import { drawAtom, drawSamples } from './pixels.js';
import { state } from './state.js';

const PAD = 280;
const PEN = 20;
const STEP = 14;
const MAX_SIDE = 1024;
let view = null;
let source = null;
let empty = true;
let layer = null;
let outcome = null;
let running = false;
let again = false;
let encodedFor = '';

const pad = () => byId('try-pad').getContext('2d', { willReadFrequently: true });

/** A canvas of its own of that size. */
const canvasOf = (width, height) => Object.assign(document.createElement('canvas'), { width, height });

/** Makes a canvas black; returns its context. */
function blacken(canvas) {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return context;
}

function clear() {
  blacken(byId('try-pad'));
  source = null;
  empty = true;
  outcome = null;
  encodedFor = '';
  say('Draw in the black square. You will see which groups answer, the atoms that explain the image, and its reconstruction after every layer of the encoder.');
}

const say = text => byId('try-outcome').replaceChildren(el('p', { class: 'hint' }, text));

/** What is sent: the pad, or the dropped image; drawings are centred as the training digits are, if asked. */
function canvasToSend() {
  const from = source ?? byId('try-pad');
  if (source || !byId('try-fit').checked) return from;
  const box = inkBox(pad().getImageData(0, 0, PAD, PAD).data);
  if (!box) return from;
  const target = canvasOf(PAD, PAD);
  const context = blacken(target);
  const scale = (PAD * 20 / 28) / Math.max(box.width, box.height);
  context.imageSmoothingQuality = 'high';
  context.setTransform(scale, 0, 0, scale, PAD / 2 - scale * box.centreX, PAD / 2 - scale * box.centreY);
  context.drawImage(byId('try-pad'), 0, 0);
  return target;
}

function inkBox(data) {
  let left = PAD, right = -1, top = PAD, bottom = -1, sum = 0, sx = 0, sy = 0;
  for (let y = 0, at = 0; y < PAD; y++) {
    for (let x = 0; x < PAD; x++, at += 4) {
      const v = data[at];
      if (v < 20) continue;
      left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
      sum += v; sx += v * x; sy += v * y;
    }
  }
  return sum ? { width: right - left + 1, height: bottom - top + 1, centreX: sx / sum, centreY: sy / sum } : null;
}

async function run() {
  if (empty || !view?.dictionary || !state.model) return;
  if (running) { again = true; return; }
  running = true;
  again = false;
  byId('try-outcome').setAttribute('aria-busy', 'true');
  try {
    const blob = await new Promise(resolve => canvasToSend().toBlob(resolve, 'image/png'));
    const query = new URLSearchParams({ model: state.model, version: view.entry.version });
    const response = await fetch(`/api/encode?${query}`, { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: blob });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    // cleared meanwhile
    if (empty) return;
    outcome = answer;
    encodedFor = `${state.model}\n${view.entry.sha256}`;
    draw();
  } catch (error) {
    say(error.message);
  } finally {
    running = false;
    if (again) run();
    else byId('try-outcome').setAttribute('aria-busy', 'false');
  }
}

const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

/** A picture; without a label, one that says nothing which its surroundings do not. */
function picture(samples, image, label) {
  const canvas = el('canvas', label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' });
  drawSamples(canvas, image, samples);
  return canvas;
}

function draw() {
  const { image, layers, units, samples } = outcome;
  const dictionary = view.dictionary;
  const last = layers.length - 1;
  const at = Math.min(layer ?? last, last);
  const shown = layers[at];
  const pictures = el('div', { class: 'pictures' },
    el('figure', {}, picture(bytesOf(samples), image, 'What the model sees'), el('figcaption', {}, 'what it sees')),
    el('figure', {}, picture(bytesOf(shown.reconstruction), image, `Reconstruction after layer ${at + 1}`),
      el('figcaption', {}, `layer ${at + 1} of ${layers.length}`)),
    el('p', { class: 'hint' }, `error ${loss(shown.mse)}, of the mean image ${loss(outcome.mseOfMean)}`, el('br'), `objective ${fixed(shown.objective, 2)}`, el('br'),
      `λ ${outcome.lambda}, step ${fixed(outcome.step, 4)}`));
  const strip = el('div', { class: 'layers' }, ...layers.map((one, i) =>
    el('button', { type: 'button', 'aria-pressed': String(i === at), 'aria-label': `Layer ${i + 1}, error ${loss(one.mse)}`, title: `layer ${i + 1}: error ${loss(one.mse)}`,
      onclick: () => { layer = i === last ? null : i; draw(); } }, picture(bytesOf(one.reconstruction), image))));
  byId('try-outcome').replaceChildren(pictures, strip, explanation(shown.groupNorms, units, dictionary));
}

function explanation(norms, units, dictionary) {
  const table = tone();
  const strongest = norms.map((norm, g) => [norm, g]).filter(([norm]) => norm > 0).sort((a, b) => b[0] - a[0]).slice(0, 4);
  if (!strongest.length) return el('p', { class: 'hint' }, 'No group answers: λ shrinks this image’s code to a zero code.');
  const rows = strongest.map(([norm, g]) => {
    const own = units.filter(([k]) => Math.floor(k / dictionary.groupSize) === g).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 12);
    const bar = el('i', {});
    bar.style.width = `${(100 * norm) / strongest[0][0]}%`;
    const atoms = own.map(([k, value]) => {
      const said = `atom ${k} × ${fixed(value, 2)}`;
      const canvas = el('canvas', { role: 'img', title: said, 'aria-label': said });
      drawAtom(canvas, dictionary, dictionary.levels, k, table);
      return canvas;
    });
    const label = view.groups?.[g]?.label;
    return el('div', { class: 'row' }, el('span', {}, `group ${g} `, el('small', {}, label == null ? '' : `mostly ${label}`)),
      el('span', { class: 'bar', title: `norm ${fixed(norm, 2)}` }, bar), el('span', { class: 'atoms' }, ...atoms));
  });
  return el('div', { class: 'explain' }, ...rows);
}

/** Encodes again where another version or model is shown. */
export function renderTry(next) {
  const before = view;
  view = next;
  if (!next.dictionary || empty) return;
  if (encodedFor !== `${state.model}\n${next.entry.sha256}` && !running) run();
  else if (outcome && before?.theme !== next.theme) draw();
}

/** Takes an image that was dropped or opened. */
async function take(file) {
  if (!file) return;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    source = canvasOf(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
    blacken(source).drawImage(bitmap, 0, 0, source.width, source.height);
    showSource();
  } catch {
    say(`“${file.name}” is no image that this browser can read: take a PNG or a JPEG.`);
  }
}

function showSource() {
  const context = blacken(byId('try-pad'));
  context.imageSmoothingEnabled = source.width > 64;
  context.drawImage(source, 0, 0, PAD, PAD);
  empty = false;
  run();
}

function invert() {
  if (empty) return;
  const canvas = source ?? byId('try-pad');
  const context = canvas.getContext('2d');
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i++) if (i % 4 !== 3) image.data[i] = 255 - image.data[i];
  context.putImageData(image, 0, 0);
  if (source) showSource(); else run();
}

export function initTry() {
  clear();
  const canvas = byId('try-pad');
  let last = null;
  const point = event => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * PAD, ((event.clientY - box.top) / box.height) * PAD];
  };
  const line = (from, to) => {
    const context = pad();
    context.strokeStyle = '#fff';
    context.lineWidth = PEN;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    empty = false;
  };
  canvas.addEventListener('pointerdown', event => {
    if (source) clear();
    canvas.setPointerCapture(event.pointerId);
    last = point(event);
    line(last, [last[0] + 0.1, last[1]]);
  });
  canvas.addEventListener('pointermove', event => {
    if (!last) return;
    const next = point(event);
    line(last, next);
    last = next;
    run();
  });
  const end = () => { if (last) { last = null; run(); } };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  let pen = [PAD / 2, PAD / 4];
  const place = () => { [byId('try-pen').style.left, byId('try-pen').style.top] = pen.map(v => `${(100 * v) / PAD}%`); };
  place();
  canvas.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (event.key === 'Delete' || event.key === 'Backspace') clear();
    if (!step) return;
    event.preventDefault();
    if (source) clear();
    const next = pen.map((v, i) => Math.max(PEN / 2, Math.min(PAD - PEN / 2, v + step[i])));
    if (!event.shiftKey) {
      line(pen, next);
      run();
    }
    pen = next;
    place();
  });
  byId('try-clear').addEventListener('click', clear);
  byId('try-invert').addEventListener('click', invert);
  byId('try-fit').addEventListener('change', run);
  byId('try-open').addEventListener('click', () => byId('try-file').click());
  byId('try-file').addEventListener('change', event => take(event.target.files[0]));
  const panel = byId('try');
  panel.addEventListener('dragover', event => { event.preventDefault(); panel.classList.add('over'); });
  panel.addEventListener('dragleave', () => panel.classList.remove('over'));
  panel.addEventListener('drop', event => {
    event.preventDefault();
    panel.classList.remove('over');
    take(event.dataTransfer.files[0]);
  });
}
