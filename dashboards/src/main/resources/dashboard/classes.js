// Class silhouettes: the mean reconstruction of each class's recent images, beside the class's mean image.
import { byId, el, setText } from './dom.js';
import { count } from './format.js';
import { sortedClasses } from './groups.js';
import { drawImage, meanImage, weightedAtoms } from './pixels.js';
import { change, state } from './state.js';

const MAX = 200;
const tiles = new Map();

export function renderClasses({ dictionary, activity, classMeans }) {
  const host = byId('class-grid');
  const classes = sortedClasses(activity).slice(0, MAX);
  if (!dictionary || !classes.length) {
    tiles.clear();
    host.replaceChildren(el('p', { class: 'hint' }, dictionary
      ? 'No image has come with a label. Labels are never learned from; they only serve statistics like this one.'
      : 'Appears with the first dictionary.'));
    return;
  }
  const labels = classes.map(one => one.label).join('\n');
  if (host.dataset.labels !== labels || !tiles.size) {
    tiles.clear();
    host.dataset.labels = labels;
    host.replaceChildren(...classes.map(makeTile));
  }
  const mean = meanImage(dictionary);
  for (const one of classes) {
    const tile = tiles.get(one.label);
    if (one.unitActivity?.length === dictionary.atoms) {
      const image = weightedAtoms(dictionary, one.unitActivity);
      for (let i = 0; i < image.length; i++) image[i] += mean[i];
      drawImage(tile.canvas, dictionary, image);
    }
    const sampled = classMeans?.get(one.label);
    const fits = sampled && sampled.mean.length === dictionary.values;
    tile.mean.classList.toggle('absent', !fits);
    if (fits) {
      drawImage(tile.mean, dictionary, sampled.mean);
      tile.mean.title = `mean of ${count(sampled.images)} images of class ${one.label} as they came`;
    }
    tile.mean.style.aspectRatio = `${dictionary.width} / ${dictionary.height}`;
    tile.canvas.style.aspectRatio = `${dictionary.width} / ${dictionary.height}`;
    setText(tile.images, count(one.images));
    tile.node.setAttribute('aria-pressed', String(state.class === one.label));
  }
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
