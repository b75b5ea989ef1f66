// Class × group: which groups the images of each class choose.
import { byId, cssVar, el, innerWidthOf, setLabel, setText, sizeCanvas } from './dom.js';
import { sortedClasses } from './groups.js';
import { fixed, percent, shorten } from './format.js';
import { diagonalOrder } from './layout.js';
import { cssAt, palettes, textOn } from './palette.js';
import { change, state } from './state.js';

const HINTS = {
  strongest: 'share of a class’s images, in %',
  groupNorm: 'mean norm of a class’s codes',
};
let geometry = null;
let describing = 0;

export function renderHeat({ activity, groups: described }) {
  const canvas = byId('heat-canvas');
  const what = HINTS[state.heat] ? state.heat : 'strongest';
  setText(byId('heat-hint'), HINTS[what]);
  const classes = sortedClasses(activity).filter(one => one[what]?.length);
  const groups = classes.length ? described.length : 0;
  canvas.hidden = !groups;
  if (!groups) {
    byId('heat-table').replaceChildren();
    return;
  }
  const columns = diagonalOrder(described, classes);
  const labelWidth = Math.min(110, 14 + 7 * Math.max(...classes.map(one => Math.min(14, one.label.length))));
  const available = innerWidthOf(canvas.parentElement) - labelWidth - 2;
  const cellWidth = Math.max(7, Math.min(64, Math.floor(available / groups)));
  const cellHeight = classes.length > 30 ? 12 : 24;
  const context = sizeCanvas(canvas, labelWidth + cellWidth * groups, 20 + cellHeight * classes.length);
  const largest = what === 'strongest' ? 1 : Math.max(1e-9, ...classes.flatMap(one => one[what]));
  context.font = `12px ${cssVar('--sans')}`;
  context.textBaseline = 'middle';
  context.fillStyle = cssVar('--muted');
  context.textAlign = 'center';
  const every = Math.ceil(22 / cellWidth);
  columns.forEach((g, x) => {
    if (x % every === 0) context.fillText(String(g), labelWidth + (x + 0.5) * cellWidth, 9);
  });
  classes.forEach((one, y) => {
    const top = 20 + y * cellHeight;
    context.textAlign = 'left';
    context.fillStyle = one.label === state.class ? cssVar('--accent') : cssVar('--ink');
    if (cellHeight > 12 || y % 2 === 0) context.fillText(shorten(one.label, 14), 0, top + cellHeight / 2);
    columns.forEach((g, x) => drawCell(context, one[what][g], largest, what,
      { left: labelWidth + x * cellWidth, top, width: cellWidth - 1, height: cellHeight - 1 }));
  });
  geometry = { classes, columns, labelWidth, cellWidth, cellHeight, what };
  clearTimeout(describing);
  // for screen readers; not for every frame that is played
  describing = setTimeout(() => describe(canvas, classes, columns, what), 300);
}

function drawCell(context, value, largest, what, { left, top, width, height }) {
  const table = palettes().heat;
  const at = Math.sqrt(Math.max(0, value) / largest);
  context.fillStyle = cssAt(table, at);
  context.fillRect(left, top, width, height);
  if (width < 24 || height < 14 || value / largest < 0.03) return;
  context.fillStyle = textOn(table, at);
  context.textAlign = 'center';
  context.fillText(what === 'strongest' ? Math.round(100 * value) : fixed(value, 1), left + width / 2, top + height / 2 + 0.5);
}

function describe(canvas, classes, columns, what) {
  const best = one => columns.reduce((a, g) => (one[what][g] > one[what][a] ? g : a), columns[0]);
  setLabel(canvas, `${classes.length} classes by ${columns.length} groups; arrow keys choose a class. ${classes.slice(0, 12).map(one => `${one.label}: group ${best(one)}`).join('; ')}.`);
  const show = v => (what === 'strongest' ? percent(v) : fixed(v, 2));
  byId('heat-table').replaceChildren(
    el('caption', {}, 'Class by group'),
    el('tr', {}, el('th', {}, 'class'), ...columns.slice(0, 64).map(g => el('th', {}, `group ${g}`))),
    ...classes.slice(0, 64).map(one => el('tr', {}, el('th', {}, one.label), ...columns.slice(0, 64).map(g => el('td', {}, show(one[what][g]))))));
}

function under(event) {
  if (!geometry) return null;
  const { classes, columns, labelWidth, cellWidth, cellHeight } = geometry;
  const one = classes[Math.floor((event.offsetY - 20) / cellHeight)];
  const group = columns[Math.floor((event.offsetX - labelWidth) / cellWidth)];
  return one && event.offsetY >= 20 ? { one, group } : null;
}

export function initHeat() {
  const canvas = byId('heat-canvas');
  canvas.addEventListener('mousemove', event => {
    const hit = under(event);
    canvas.title = hit && hit.group != null
      ? `class ${hit.one.label}, group ${hit.group}: ${geometry.what === 'strongest' ? percent(hit.one.strongest[hit.group], 1) : fixed(hit.one.groupNorm[hit.group], 3)}` : '';
  });
  canvas.addEventListener('click', event => {
    const hit = under(event);
    if (hit) change({ class: state.class === hit.one.label ? null : hit.one.label });
  });
  canvas.addEventListener('keydown', event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !geometry) return;
    event.preventDefault();
    const labels = geometry.classes.map(one => one.label);
    const at = labels.indexOf(state.class);
    change({ class: labels[at < 0 ? 0 : Math.max(0, Math.min(labels.length - 1, at + step))] });
    setText(byId('announce'), `class ${state.class}`);
  });
}
