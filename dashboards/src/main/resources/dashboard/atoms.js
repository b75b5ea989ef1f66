// The atoms panel: a card a group, with the group's own picture and its atoms at exact pixels.
import { byId, differs, dpr, el, emptyState, innerWidthOf, setLabel, setText } from './dom.js';
import { focusStrip } from './drawer.js';
import { count, known, percent } from './format.js';
import { fitAtoms, sortGroups } from './layout.js';
import { tone } from './palette.js';
import { drawAtom, drawLevels, paint } from './pixels.js';
import { change, state } from './state.js';

const MAX_CARDS = 400;
let cards = [];
let built = '';
let shown = null;

/** Draws the dictionary of a view, group by group; without one, says why there is none. */
export function renderAtoms(view) {
  const host = byId('groups');
  if (!view.dictionary) {
    built = '';
    cards = [];
    host.style.gridTemplateColumns = '';
    host.replaceChildren(...explain(view));
    return;
  }
  shown = view;
  const { dictionary, groups } = view;
  const layout = fitAtoms(dictionary, {
    width: innerWidthOf(host), height: window.innerHeight, ratio: dpr(), zoom: Number(state.zoom),
  });
  const id = [dictionary.groups, dictionary.groupSize, dictionary.width, dictionary.height, layout.scale, layout.columns,
    layout.perRow].join();
  if (id !== built) build(host, dictionary, layout, id);
  const table = tone();
  sortGroups(groups, state.groups).slice(0, cards.length).forEach((group, place) => {
    const card = cards[place];
    drawAtoms(card, group, view, table);
    if (card.flat) describeFlat(card, dictionary);
    else describe(card, group, view, table);
  });
}

function explain({ summary, status, unknown }) {
  if (unknown && state.model) return [emptyState('No such model', `Nothing has been learned for a model named “${state.model}”, or it was deleted. Choose one of those above; if its images were rejected, the reasons are below, under Operation.`)];
  const warm = summary?.warmUp;
  if (summary?.phase === 'warm-up' && warm) {
    return [emptyState('Warming up', `${count(warm.images)} of ${count(warm.of)} images are buffered. The first dictionary is made of them; then learning starts.`, warm.images / warm.of)];
  }
  if (summary?.version != null) return [emptyState(`Loading version ${count(summary.version)}`, 'Its atoms are on their way from the dashboard’s server.')];
  if (summary) return [emptyState('The first dictionary is on its way', 'It appears with the job’s next checkpoint, within seconds.')];
  return [emptyState('No model yet', status?.text ?? 'Connecting to the dashboard’s server…')];
}

function build(host, dictionary, layout, id) {
  built = id;
  const { groups, groupSize } = dictionary;
  const flat = groupSize === 1;
  host.style.gridTemplateColumns = `repeat(${layout.columns}, auto)`;
  cards = [];
  const number = flat ? 1 : Math.min(groups, MAX_CARDS);
  for (let i = 0; i < number; i++) cards.push(makeCard(dictionary, layout, flat));
  host.replaceChildren(...cards.map(card => card.node));
}

function makeCard(dictionary, layout, flat) {
  const { groups, groupSize, width, height } = dictionary;
  const atoms = flat ? groups : groupSize;
  const rows = Math.ceil(atoms / layout.perRow);
  const canvas = el('canvas', { tabindex: '0', role: 'application', 'aria-roledescription': 'grid of atoms' });
  canvas.width = layout.perRow * (width + 1) - 1;
  canvas.height = rows * (height + 1) - 1;
  canvas.style.width = `${canvas.width * layout.scale}px`;
  canvas.style.height = `${canvas.height * layout.scale}px`;
  const card = { canvas, perRow: layout.perRow, rows, order: [], flat };
  card.title = el('span', {});
  card.label = el('span', { class: 'class' });
  card.purity = el('span', { class: 'quiet' });
  card.fill = el('i', {});
  card.bar = el('span', { class: 'bar' }, card.fill);
  card.share = el('span', { class: 'quiet', title: 'share of images whose strongest group it is' });
  const heading = el('h3', {}, card.title, card.label, card.purity, card.bar, card.share);
  if (!flat) {
    card.picture = el('canvas', { role: 'img' });
    const side = Math.max(1, layout.picture - layout.scale);
    card.picture.hidden = layout.picture < 8;
    card.picture.style.height = `${side}px`;
    card.picture.style.width = `${(side * width) / height}px`;
  }
  card.node = el('article', { class: 'group' }, heading, card.picture, canvas);
  if (flat || card.picture.hidden) card.node.style.gridTemplateColumns = 'auto';
  canvas.addEventListener('click', event => select(card, atomAt(card, event)));
  canvas.addEventListener('keydown', event => move(card, event));
  canvas.addEventListener('mousemove', event => { canvas.title = tooltip(card, atomAt(card, event)); });
  return card;
}

function drawAtoms(card, group, { dictionary, activity }, table) {
  const { groups, groupSize, width, height, levels } = dictionary;
  const usage = state.sort === 'usage' ? activity?.unit?.active : null;
  if (!differs(card, dictionary, group.index, usage, table, state.atom)) return;
  const first = card.flat ? 0 : group.index * groupSize;
  card.order = Array.from({ length: card.flat ? groups : groupSize }, (_, j) => first + j);
  if (usage) card.order.sort((a, b) => usage[b] - usage[a]);
  const stride = card.canvas.width;
  paint(card.canvas, stride, card.canvas.height, words => card.order.forEach((atom, place) => drawLevels(
    words, stride, (place % card.perRow) * (width + 1), Math.floor(place / card.perRow) * (height + 1), dictionary, levels, atom, table)));
  markSelected(card, dictionary);
}

function describeFlat(card, { groups }) {
  setText(card.title, `${count(groups)} groups of one atom`);
  setText(card.purity, 'ordinary sparse coding');
  card.bar.hidden = true;
  setLabel(card.canvas, `${groups} atoms`);
}

function describe(card, group, { dictionary, ofGroups }, table) {
  const label = group.label == null ? '' : `mostly ${group.label}`;
  if (differs(card.picture, ofGroups, group.index, table)) drawAtom(card.picture, dictionary, ofGroups, group.index, table);
  setLabel(card.picture, `The picture that group ${group.index} makes on average`);
  setText(card.title, `group ${group.index}`);
  setText(card.label, label);
  setText(card.purity, known(group.purity) ? percent(group.purity) : '');
  if (differs(card.purity, label)) card.purity.title = label ? `of the images that choose this group are of class ${group.label}` : '';
  const filled = known(group.share) ? Math.min(1, group.share * Math.max(1, dictionary.groups / 3)) : 0;
  if (differs(card.fill, filled)) card.fill.style.transform = `scaleX(${filled})`;
  setText(card.share, known(group.share) ? percent(group.share, 1) : '');
  if (differs(card.node, group.active === 0)) card.node.classList.toggle('silent', group.active === 0);
  setLabel(card.canvas, `Group ${group.index}${label && `, ${label}`}: ${dictionary.groupSize} atoms. Arrow keys choose one, Enter goes to its history.`);
}

function markSelected(card, { width, height }) {
  const place = state.atom == null ? -1 : card.order.indexOf(state.atom);
  if (place < 0) return;
  const context = card.canvas.getContext('2d');
  context.strokeStyle = '#e8453c';
  context.lineWidth = 1;
  context.strokeRect((place % card.perRow) * (width + 1) + 0.5, Math.floor(place / card.perRow) * (height + 1) + 0.5, width - 1, height - 1);
}

function atomAt(card, event) {
  const box = card.canvas.getBoundingClientRect();
  const { width, height } = shown.dictionary;
  const x = Math.floor(((event.clientX - box.left) / box.width) * card.canvas.width / (width + 1));
  const y = Math.floor(((event.clientY - box.top) / box.height) * card.canvas.height / (height + 1));
  return card.order[y * card.perRow + x];
}

function tooltip(card, atom) {
  if (atom == null) return '';
  const used = shown.activity?.unit?.active?.[atom];
  return `atom ${atom}${known(used) ? `, used in ${percent(used, 1)} of images` : ''}`;
}

function select(card, atom) {
  if (atom == null) return;
  change({ atom: state.atom === atom ? null : atom });
}

function move(card, event) {
  if (event.key === 'Enter' && state.atom != null) {
    event.preventDefault();
    focusStrip();
  }
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -card.perRow, ArrowDown: card.perRow };
  const step = steps[event.key];
  if (step == null || !card.order.length) return;
  event.preventDefault();
  const place = card.order.indexOf(state.atom);
  const next = place < 0 ? 0 : Math.max(0, Math.min(card.order.length - 1, place + step));
  change({ atom: card.order[next] });
  setText(byId('announce'), tooltip(card, card.order[next]));
}
