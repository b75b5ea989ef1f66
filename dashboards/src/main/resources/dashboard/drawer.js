// A chosen atom: its picture, its use, its nearest class, and its history as a film strip.
import * as api from './api.js';
import { byId, el, setText } from './dom.js';
import { count, fixed, known, percent } from './format.js';
import { nearestClass } from './measures.js';
import { tone } from './palette.js';
import { drawAtom } from './pixels.js';
import { change, state } from './state.js';

let strip = { key: '', frames: [] };

export function renderDrawer(view) {
  const { dictionary, activity, entry, classMeans } = view;
  const drawer = byId('drawer');
  const atom = state.atom;
  drawer.hidden = !dictionary || atom == null || atom >= dictionary.atoms;
  if (drawer.hidden) return;
  const table = tone();
  const group = Math.floor(atom / dictionary.groupSize);
  drawAtom(byId('atom-picture'), dictionary, dictionary.levels, atom, table);
  byId('atom-picture').setAttribute('aria-label', `Atom ${atom}`);
  setText(byId('atom-title'), `Atom ${atom}`);
  const used = activity?.unit?.active?.[atom];
  const nearest = nearestClass(dictionary, atom, classMeans);
  const strongest = (activity?.classes ?? []).reduce((best, one) =>
    ((one.unitActivity?.[atom] ?? 0) > (best?.unitActivity?.[atom] ?? 0) ? one : best), null);
  setText(byId('atom-line'), [
    `group ${group}`,
    known(used) ? `used in ${percent(used, 1)} of images` : null,
    strongest ? `most used by class ${strongest.label}` : null,
    nearest ? `looks most like class ${nearest.label} (r = ${fixed(nearest.correlation, 2)})` : null,
  ].filter(Boolean).join('\n'));
  loadStrip(atom, entry, dictionary, table);
}

async function loadStrip(atom, entry, dictionary, table) {
  const key = [state.model, atom, state.version == null ? entry.version : 'past', state.tone, document.documentElement.dataset.theme].join('\n');
  if (strip.key !== key) {
    const sameAtom = strip.key.startsWith([state.model, atom].join('\n'));
    strip = { key, frames: sameAtom ? strip.frames : [] };
    const bytes = await api.buffer('atom-history.bin', { model: state.model, atom }).catch(() => null);
    if (!bytes || strip.key !== key) return;
    strip.frames = decode(bytes);
    build(strip.frames, dictionary, table);
  }
  let current = null;
  for (const node of byId('strip').children) {
    const version = Number(node.dataset.version);
    if (version <= entry.version) current = node;
    node.removeAttribute('aria-current');
    node.tabIndex = -1;
  }
  if (current) {
    current.setAttribute('aria-current', 'true');
    current.tabIndex = 0;
    const host = byId('strip');
    const left = current.offsetLeft - host.offsetLeft;
    if (left < host.scrollLeft || left > host.scrollLeft + host.clientWidth - 72) host.scrollLeft = left - host.clientWidth / 2;
  }
}

function decode(bytes) {
  const view = new DataView(bytes);
  const [number, values] = [view.getInt32(0, true), view.getInt32(4, true)];
  return Array.from({ length: number }, (_, i) => {
    const at = 8 + i * (12 + values);
    return { version: Number(view.getBigInt64(at, true)), levels: new Int8Array(bytes, at + 12, values) };
  });
}

function build(frames, dictionary, table) {
  const host = byId('strip');
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.version : null;
  host.replaceChildren(...frames.filter(frame => frame.levels.length === dictionary.values).map(frame => {
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    drawAtom(canvas, dictionary, frame.levels, 0, table);
    const node = el('button', { type: 'button', 'data-version': String(frame.version), 'aria-label': `At version ${frame.version}`,
      onclick: () => change({ version: frame.version }) }, canvas, count(frame.version));
    return node;
  }));
  if (focused != null) [...host.children].find(node => node.dataset.version === focused)?.focus();
}

let cameFrom = null;

/** Goes to the chosen atom's history by keyboard; closing it goes back to where one was. */
export function focusStrip() {
  cameFrom = document.activeElement;
  byId('strip').querySelector('[aria-current]')?.focus();
}

function close() {
  const inside = byId('drawer').contains(document.activeElement);
  change({ atom: null });
  if (inside) cameFrom?.focus();
}

export function initDrawer() {
  byId('drawer-close').addEventListener('click', close);
  byId('strip').addEventListener('keydown', event => {
    const next = { ArrowLeft: 'previousElementSibling', ArrowRight: 'nextElementSibling' }[event.key];
    const frame = next && document.activeElement[next];
    if (!frame) return;
    event.preventDefault();
    frame.focus();
    frame.click();
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && state.atom != null) close(); });
}
