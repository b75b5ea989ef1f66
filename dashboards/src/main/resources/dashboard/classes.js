// Class silhouettes: the mean reconstruction of each class's recent images, next to the class's mean image.
import { byId, differs, el, setText } from './dom.js';
import { count } from './format.js';
import { sortedClasses } from './groups.js';
import { drawSamples } from './pixels.js';
import { change, state } from './state.js';

const MAX = 200;
const tiles = new Map();

export function renderClasses({ dictionary, activity, ofClasses, classMeans }) {
  const host = byId('class-grid');
  const classes = sortedClasses(activity).slice(0, MAX);
  if (!dictionary || !classes.length) {
    tiles.clear();
    host.replaceChildren(el('p', { class: 'hint' }, dictionary
      ? 'No image has come with a label. Labels are never learned from; they only serve statistics like this one.'
      : 'Appears with the first dictionary.'));
    return;
  }
  const labels = [state.model, ...classes.map(one => one.label)].join('\n');
  if (host.dataset.labels !== labels || !tiles.size) {
    tiles.clear();
    host.dataset.labels = labels;
    host.replaceChildren(...classes.map(makeTile));
  }
  for (const one of classes) {
    const tile = tiles.get(one.label);
    const picture = ofClasses.get(one.label);
    if (picture && differs(tile.canvas, picture)) {
      drawSamples(tile.canvas, dictionary, picture);
      tile.node.style.setProperty('--shape', `${dictionary.width} / ${dictionary.height}`);
    }
    const sampled = classMeans?.get(one.label);
    if (differs(tile.mean, sampled, dictionary.values)) drawMean(tile.mean, dictionary, sampled);
    setText(tile.images, count(one.images));
    if (differs(tile, state.class === one.label)) tile.node.setAttribute('aria-pressed', String(state.class === one.label));
  }
}

function drawMean(canvas, dictionary, sampled) {
  const fits = sampled?.mean.length === dictionary.values;
  canvas.classList.toggle('absent', !fits);
  if (!fits) return;
  drawSamples(canvas, dictionary, sampled.mean);
  canvas.title = `mean of ${count(sampled.images)} images of this class as they came`;
}

function makeTile(one) {
  const tile = {
    mean: el('canvas', { role: 'img', class: 'absent', 'aria-label': `Mean image of class ${one.label}` }),
    canvas: el('canvas', { role: 'img', title: 'mean reconstruction', 'aria-label': `Silhouette of class ${one.label}` }),
    images: el('small', { title: 'images seen' }),
  };
  tile.node = el('button', { type: 'button', class: 'tile', 'aria-pressed': 'false',
    onclick: () => change({ class: state.class === one.label ? null : one.label }) },
  el('span', { class: 'pair' }, tile.mean, tile.canvas), el('span', { class: 'name' }, el('b', {}, one.label), tile.images));
  tiles.set(one.label, tile);
  return tile.node;
}
