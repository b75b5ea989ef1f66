// The list of models, each with its loss as a sparkline and its health.
import { byId, cssVar, dpr, el, setText } from './dom.js';
import { count } from './format.js';
import { byName } from './order.js';
import { address, change, state } from './state.js';

const SILENT_MILLIS = 60_000;
const links = new Map();

function health(summary, now) {
  if (summary.phase === 'warm-up') return 'warm-up';
  return now - summary.receivedAtMillis > SILENT_MILLIS ? 'silent' : 'learning';
}

const WORDS = { learning: 'learning', 'warm-up': 'warming up', silent: 'nothing new for over a minute' };

export function renderModels(models, now) {
  const host = byId('models');
  const names = [...models.keys()].sort(byName);
  if (names.join('\n') !== host.dataset.names) {
    host.dataset.names = names.join('\n');
    for (const name of links.keys()) if (!models.has(name)) links.delete(name);
    host.replaceChildren(...names.map(name => (links.get(name) ?? make(name)).node));
  }
  for (const name of names) {
    const link = links.get(name);
    const summary = models.get(name);
    const is = health(summary, now);
    link.dot.dataset.health = is;
    link.node.title = `${name}: ${WORDS[is]}`;
    setText(link.word, `, ${WORDS[is]}, `);
    link.node.href = address({ model: name, version: null, atom: null, class: null, since: null });
    if (name === state.model) markCurrent(host, link.node);
    else link.node.removeAttribute('aria-current');
    setText(link.images, is === 'warm-up' && summary.warmUp
      ? `${count(summary.warmUp.images)} of ${count(summary.warmUp.of)}` : count(summary.learned));
    spark(link.spark, summary.spark ?? []);
  }
}

function markCurrent(host, node) {
  if (node.hasAttribute('aria-current')) return;
  node.setAttribute('aria-current', 'page');
  const left = node.offsetLeft - host.offsetLeft;
  if (left < host.scrollLeft || left + node.offsetWidth > host.scrollLeft + host.clientWidth) host.scrollLeft = left - 8;
}

function make(name) {
  const link = { dot: el('span', { class: 'health' }), word: el('span', { class: 'visually-hidden' }), images: el('small', {}), spark: el('canvas', { 'aria-hidden': 'true' }) };
  link.node = el('a', { class: 'model', href: '#', onclick: event => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    change({ model: name, version: null, atom: null, class: null, since: null });
  } }, link.dot, el('b', {}, name), link.word, link.spark, link.images);
  links.set(name, link);
  return link;
}

function spark(canvas, values) {
  const ratio = dpr();
  canvas.width = 56 * ratio;
  canvas.height = 18 * ratio;
  const known = values.filter(v => v != null);
  if (known.length < 2) return;
  const context = canvas.getContext('2d');
  const low = Math.min(...known), high = Math.max(...known);
  context.strokeStyle = cssVar('--accent');
  context.lineWidth = 1.3 * ratio;
  context.lineJoin = 'round';
  context.beginPath();
  known.forEach((v, i) => {
    const x = (i / (known.length - 1)) * (canvas.width - 2) + 1;
    const y = canvas.height - 2 - ((v - low) / (high - low || 1)) * (canvas.height - 4);
    if (i) context.lineTo(x, y); else context.moveTo(x, y);
  });
  context.stroke();
}
