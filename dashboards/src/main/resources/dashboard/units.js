// Mean activity per unit of one class, the paper's Figure 3: with a group-sparse dictionary, few groups stand up.
import { byId, cssVar, el, innerWidthOf, setLabel, setText, sizeCanvas } from './dom.js';
import { fixed } from './format.js';
import { sortedClasses } from './groups.js';
import { lines } from './palette.js';
import { change, state } from './state.js';

const HEIGHT = 190;
const BOTTOM = 18;
let bars = null;

export function renderUnits({ activity, dictionary }) {
  const classes = sortedClasses(activity).filter(one => one.unitActivity?.length);
  const choice = byId('class-choice');
  const labels = classes.map(one => one.label);
  if (choice.dataset.labels !== labels.join('\n')) {
    choice.dataset.labels = labels.join('\n');
    choice.replaceChildren(...labels.map(label => el('option', { value: label }, label)));
  }
  const one = classes.find(c => c.label === state.class) ?? classes[0];
  const canvas = byId('units-canvas');
  const width = innerWidthOf(canvas.parentElement);
  const context = sizeCanvas(canvas, Math.max(100, width), HEIGHT);
  bars = null;
  if (!one || !dictionary) return;
  choice.value = one.label;
  draw(context, Math.max(100, width), one, dictionary);
}

function draw(context, width, one, { groups, groupSize, atoms }) {
  const values = one.unitActivity;
  const largest = Math.max(1e-9, ...values.map(Math.abs));
  const negative = Math.min(0, ...values);
  const base = negative < 0 ? (HEIGHT - BOTTOM) / 2 : HEIGHT - BOTTOM;
  const room = base - 12;
  const step = width / atoms;
  const [even, odd] = [lines()[0], lines()[2]];
  context.font = `11px ${cssVar('--sans')}`;
  context.textAlign = 'center';
  for (let g = 0; g < groups; g++) {
    if (groupSize > 1) {
      if (g % 2) {
        context.fillStyle = cssVar('--raised');
        context.fillRect(g * groupSize * step, 0, groupSize * step, HEIGHT - BOTTOM);
      }
      if (groupSize * step > 16) {
        context.fillStyle = cssVar('--muted');
        context.fillText(String(g), (g + 0.5) * groupSize * step, HEIGHT - 5);
      }
    }
    context.fillStyle = g % 2 ? odd : even;
    for (let k = g * groupSize; k < (g + 1) * groupSize; k++) {
      const height = (Math.abs(values[k]) / largest) * room;
      context.fillRect(k * step, values[k] >= 0 ? base - height : base, Math.max(0.6, step - (step > 3 ? 1 : 0)), height);
    }
  }
  context.fillStyle = cssVar('--line');
  context.fillRect(0, base, width, 1);
  context.fillStyle = cssVar('--muted');
  context.textAlign = 'left';
  context.fillText(fixed(largest, 2), 2, 10);
  bars = { step, one, groupSize };
  const canvas = byId('units-canvas');
  const best = values.reduce((a, v, k) => (v > values[a] ? k : a), 0);
  setLabel(canvas, `Mean activity of ${atoms} units for class ${one.label}; the most active unit is ${best}, in group ${Math.floor(best / groupSize)}.`);
  setText(byId('units-hint'), `mean code of class ${one.label}, over its recent images`);
}

export function initUnits() {
  const canvas = byId('units-canvas');
  byId('class-choice').addEventListener('change', event => change({ class: event.target.value }));
  const unit = event => (bars ? Math.floor(event.offsetX / bars.step) : null);
  canvas.addEventListener('mousemove', event => {
    const k = unit(event);
    const value = bars?.one.unitActivity[k];
    canvas.title = value == null ? '' : `unit ${k}, group ${Math.floor(k / bars.groupSize)}: ${fixed(value, 4)}`;
  });
  canvas.addEventListener('click', event => {
    const k = unit(event);
    if (k != null && bars.one.unitActivity[k] != null) change({ atom: k });
  });
}
