// Numbers over time, by uPlot: one cursor over all of them, and a line at the version that is shown.
import uPlot from '/uplot.js';
import { byId, cssVar, el, setLabel, setText } from './dom.js';
import { count, fixed, loss, percent, tick } from './format.js';
import { lastUpTo } from './order.js';
import { lines } from './palette.js';
import { state } from './state.js';

const CHARTS = [
  { id: 'loss', title: 'Prequential loss', format: loss, series: [['mse', 'error', 0], ['mseOfMean', 'mean image', 5, [4, 4]]] },
  { id: 'sparsity', title: 'Active per image', format: v => fixed(v, 1), series: [['activeGroups', 'groups', 0], ['activeUnits', 'units', 1, null, 'right']] },
  { id: 'labels', title: 'Against labels', format: v => fixed(v, 3), range: [0, 1], series: [['groupAccuracy', 'group accuracy', 0], ['nmi', 'NMI', 2]] },
  { id: 'silent', title: 'Zero codes', format: v => percent(v, 1), ticks: v => percent(v, v < 0.1 ? 1 : 0), floor: 0, series: [['silentImages', 'share with no active group', 3]] },
  { id: 'rate', title: 'Throughput', format: v => `${count(v)}/s`, floor: 0, series: [['imagesPerSecond', 'images a second', 2]] },
  { id: 'shape', title: 'Dictionary', format: v => fixed(v, 2), series: [['lipschitz', 'Lipschitz', 0], ['blockCoherence', 'coherence', 1, null, 'right']] },
];
const plots = new Map();
let series = null;
let markAt = null;
const sync = uPlot.sync('time');

export function initCharts() {
  byId('chart-grid').replaceChildren(...CHARTS.map(spec => {
    const keys = spec.series.map(([field, label, colour, dash]) => {
      const value = el('b', {});
      const key = el('span', { class: 'key' }, el('i', {}), `${label} `, value);
      return { field, colour, dash, node: key, value };
    });
    const plot = el('div', { class: 'plot', role: 'img' });
    plots.set(spec.id, { spec, host: plot, keys, plot: null });
    return el('div', { class: 'chart' }, el('h3', {}, spec.title, ...keys.map(key => key.node)), plot);
  }));
  new ResizeObserver(() => {
    for (const { plot, host } of plots.values()) plot?.setSize({ width: host.clientWidth, height: 190 });
  }).observe(byId('chart-grid'));
}

const xOf = () => (state.axis === 'time' ? series.atMillis.map(t => t / 1000) : series[state.axis === 'version' ? 'version' : 'learned']);

function make(entry) {
  const palette = lines();
  const axis = { stroke: cssVar('--muted'), grid: { stroke: cssVar('--line'), width: 1 }, ticks: { show: false }, font: `11px ${cssVar('--sans')}` };
  const right = entry.spec.series.some(one => one[4] === 'right');
  const fixedRange = entry.spec.range;
  const left = fixedRange ? { range: () => fixedRange } : entry.spec.floor === 0 ? { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] } : {};
  const compact = (u, ticks) => ticks.map(tick);
  entry.keys.forEach(key => { key.node.querySelector('i').style.background = palette[key.colour]; });
  const plot = new uPlot({
    width: Math.max(100, entry.host.clientWidth), height: 190, legend: { show: false }, padding: [8, right ? 0 : 12, 0, 0],
    cursor: { sync: { key: sync.key, setSeries: false }, drag: { x: true, y: false }, points: { size: 6 } },
    scales: { x: { time: state.axis === 'time' }, y: left, ...(right ? { right: {} } : {}) },
    axes: [
      { ...axis, size: 26, space: 80, ...(state.axis === 'time' ? {} : { values: compact }) },
      { ...axis, size: 46, values: entry.spec.ticks ? (u, ticks) => ticks.map(entry.spec.ticks) : compact },
      ...(right ? [{ ...axis, scale: 'right', side: 1, size: 46, grid: { show: false }, values: compact, stroke: palette[entry.spec.series.find(one => one[4])[2]] }] : []),
    ],
    series: [{}, ...entry.spec.series.map(([, label, colour, dash, scale]) => ({
      label, stroke: palette[colour], width: 1.6, dash: dash ?? undefined, scale: scale ?? 'y', spanGaps: true, points: { show: false },
    }))],
    hooks: { draw: [drawMarks], setCursor: [u => values(entry, u.cursor.idx)] },
  }, data(entry), entry.host);
  entry.marker = el('i', { class: 'marker', hidden: true });
  plot.over.append(entry.marker);
  // the figures are in the label around it
  plot.root.setAttribute('aria-hidden', 'true');
  return plot;
}

const data = entry => [xOf(), ...entry.spec.series.map(([field]) => series[field])];

function values(entry, index) {
  const last = series.version.length - 1;
  const at = index ?? indexShown() ?? last;
  const told = entry.spec.series.map(([field]) => entry.spec.format(series[field]?.[at] ?? NaN));
  entry.keys.forEach((key, i) => setText(key.value, told[i]));
  setLabel(entry.host, `${entry.spec.title} over time. At version ${count(series.version[at])}: ${entry.spec.series.map(([, label], i) => `${label} ${told[i]}`).join(', ')}`);
}

const indexShown = () => (markAt == null ? null : lastUpTo(markAt, series.version));

function drawMarks(u) {
  const { ctx, bbox } = u;
  const line = (x, colour, dash) => {
    const at = Math.round(u.valToPos(x, 'x', true)) + 0.5;
    if (at < bbox.left || at > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.setLineDash(dash);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };
  const xs = u.data[0];
  for (const mark of series.marks) {
    const i = series.version.findIndex(v => v >= mark.version);
    if (i >= 0) line(xs[i], cssVar('--warn'), [3, 4]);
  }
}

/** A line over the plot at the version shown: moved at every frame that is played, so the plot is not drawn again for it. */
function placeMarker(entry) {
  const index = state.version == null ? null : indexShown();
  entry.marker.hidden = index == null;
  if (index == null) return;
  const at = entry.plot.valToPos(entry.plot.data[0][index], 'x');
  entry.marker.style.transform = `translateX(${Math.round(at)}px)`;
}

/** Takes new numbers; null shows empty axes. */
export function renderCharts(next) {
  series = next;
  for (const entry of plots.values()) {
    if (!series || !series.version.length) {
      entry.plot?.destroy();
      entry.plot = null;
      continue;
    }
    const known = entry.spec.series.some(([field]) => series[field]?.some(v => v != null));
    entry.host.parentElement.hidden = !known;
    if (!known) continue;
    if (entry.plot) entry.plot.setData(data(entry));
    else entry.plot = make(entry);
    placeMarker(entry);
    values(entry, null);
  }
}

/** Moves the line to that version; null is the newest. */
export function markVersion(version) {
  markAt = version;
  if (!series) return;
  for (const entry of plots.values()) {
    if (!entry.plot) continue;
    placeMarker(entry);
    values(entry, null);
  }
}

/** Draws all anew: another theme or axis. */
export function remakeCharts() {
  for (const entry of plots.values()) {
    entry.plot?.destroy();
    entry.plot = null;
  }
  renderCharts(series);
}
