// Which atoms changed most since a chosen version.
import { byId, differs, el, setLabel, setText } from './dom.js';
import { count, fixed } from './format.js';
import { movement } from './measures.js';
import { lastUpTo } from './order.js';
import { tone } from './palette.js';
import { drawAtom } from './pixels.js';
import { peekScene, sceneAt } from './scenes.js';
import { change, state } from './state.js';
import { allVersions } from './timeline.js';

const SHOWN = 15;
let tiles = [];
let request = 0;

/** By numbers, since the list of versions may be newer than the entry. */
function sinceEntry(entry) {
  const versions = allVersions();
  return versions[lastUpTo(state.since ?? entry.version - 1, versions, one => one.version)];
}

function fillChoice() {
  const versions = allVersions();
  const select = byId('since');
  if (!differs(select, versions, state.since)) return;
  const every = Math.max(1, Math.ceil(versions.length / 60));
  const offered = versions.filter((one, i) => i % every === 0 || one.version === state.since);
  select.replaceChildren(el('option', { value: '' }, 'the version before'),
    ...offered.map(one => el('option', { value: String(one.version) }, `version ${count(one.version)}`)));
  select.value = state.since == null ? '' : String(state.since);
}

export async function renderMoved({ dictionary, entry, reported }) {
  const mine = ++request;
  if (!dictionary || !entry) {
    tiles = [];
    if (differs(byId('moved-grid'), null)) byId('moved-grid').replaceChildren();
    setText(byId('moved-hint'), '');
    return;
  }
  fillChoice();
  const since = sinceEntry(entry);
  const then = peekScene(state.model, since, reported) ?? await sceneAt(state.model, since, reported).catch(() => null);
  if (mine !== request) return;
  const table = tone();
  if (!differs(byId('moved-grid'), dictionary, then, table)) return;
  const before = then?.dictionary;
  if (!before || before.levels.length !== dictionary.levels.length) {
    setText(byId('moved-hint'), before ? 'the dictionary had another shape then' : 'that version cannot be read any more');
    return;
  }
  const moved = Array.from({ length: dictionary.atoms }, (_, k) => [movement(dictionary, before, k), k]).sort((a, b) => b[0] - a[0]);
  const mean = moved.reduce((sum, [m]) => sum + m, 0) / moved.length;
  setText(byId('moved-hint'), since.version === entry.version ? 'nothing: this is the version chosen' : `since version ${count(since.version)}; mean movement ${fixed(mean, 4)} (1 − cosine)`);
  const top = moved.slice(0, SHOWN);
  while (tiles.length < top.length) tiles.push(makeTile());
  tiles.length = top.length;
  top.forEach(([amount, k], i) => {
    const tile = tiles[i];
    tile.atom = k;
    drawAtom(tile.before, before, before.levels, k, table);
    drawAtom(tile.after, dictionary, dictionary.levels, k, table);
    setText(tile.text, `atom ${k} · ${fixed(amount, amount < 0.01 ? 4 : 3)}`);
    setLabel(tile.node, `Atom ${k} moved by ${fixed(amount, 4)}`);
  });
  const host = byId('moved-grid');
  if (host.childElementCount !== tiles.length) host.replaceChildren(...tiles.map(tile => tile.node));
}

function makeTile() {
  const tile = { before: el('canvas', { 'aria-hidden': 'true' }), after: el('canvas', { 'aria-hidden': 'true' }), text: el('span', {}) };
  tile.node = el('button', { type: 'button', class: 'moved', onclick: () => change({ atom: tile.atom }) },
    tile.before, el('i', {}, '›'), tile.after, tile.text);
  return tile;
}

export function initMoved() {
  byId('since').addEventListener('change', event => change({ since: event.target.value === '' ? null : Number(event.target.value) }));
}
