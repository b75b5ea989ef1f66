// Colours of pictures: colour-blind-safe, one table of 256 each, as little-endian RGBA words for ImageData.
import { cssVar } from './dom.js';
import { state } from './state.js';

const hex = text => [1, 3, 5].map(i => parseInt(text.slice(i, i + 2), 16));
const word = ([r, g, b]) => (255 << 24 | Math.round(b) << 16 | Math.round(g) << 8 | Math.round(r)) >>> 0;
const mix = (a, b, t) => a.map((v, i) => v + (b[i] - v) * t);

function ramp(stops, size = 256) {
  const table = new Uint32Array(size);
  for (let i = 0; i < size; i++) {
    const x = (i / (size - 1)) * (stops.length - 1);
    const j = Math.min(stops.length - 2, Math.floor(x));
    table[i] = word(mix(stops[j], stops[j + 1], x - j));
  }
  return table;
}

/** Table for int8 levels: index is level & 255. Zero has the paper's colour, so that only the silhouette stands out. */
function signed(zero, plus, minus) {
  const table = new Uint32Array(256);
  for (let level = -128; level < 128; level++) {
    const t = Math.min(1, Math.abs(level) / 127);
    table[level & 255] = word(mix(zero, level >= 0 ? plus : minus, Math.pow(t, 0.9)));
  }
  return table;
}

const CIVIDIS = ['#00224e', '#123570', '#3b496c', '#575d6d', '#707173', '#8a8678', '#a59c74', '#c3b369', '#e1cc55', '#fee838'].map(hex);
/** From the dark theme's panels up to yellow, ever lighter. */
const DUSK = ['#1b1f27', '#1f3350', '#2f4b6e', '#566a80', '#87887f', '#c3b369', '#fee838'].map(hex);
const GRAY = ramp([[0, 0, 0], [255, 255, 255]]);

let tables = null;

/** Tables of the theme in force. */
export function palettes() {
  if (tables) return tables;
  const zero = hex(cssVar('--zero'));
  const dark = document.documentElement.dataset.theme === 'dark';
  tables = {
    ink: signed(zero, hex(cssVar('--plus')), hex(cssVar('--minus'))),
    gray: signed([128, 128, 128], [255, 255, 255], [0, 0, 0]),
    natural: GRAY,
    heat: ramp(dark ? DUSK : [hex('#fbfaf4'), hex('#d9e3dc'), hex('#9dc0c4'), hex('#5b93ac'), hex('#2d6390'), hex('#173a63'), hex('#0c1d3c')]),
    distance: ramp(CIVIDIS),
  };
  return tables;
}

/** The table that atoms are drawn by. */
export const tone = () => (state.tone === 'gray' ? palettes().gray : palettes().ink);

export function forgetPalettes() {
  tables = null;
}

function rgbAt(table, t) {
  const w = table[Math.max(0, Math.min(255, Math.round(t * 255)))];
  return [w & 255, w >> 8 & 255, w >> 16 & 255];
}

/** A table's colour at 0 … 1 as CSS. */
export const cssAt = (table, t) => `rgb(${rgbAt(table, t).join(' ')})`;

/** White or black, whichever stands out more from that colour: by WCAG's measure at 4.5 or more. */
export function textOn(table, t) {
  const [r, g, b] = rgbAt(table, t).map(v => ((v / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.179 ? '#ffffff' : '#000000';
}

/** Lines of charts: Okabe and Ito's, told apart by all. */
export function lines() {
  const dark = document.documentElement.dataset.theme === 'dark';
  return dark
    ? ['#84b9e3', '#eaa35e', '#5cc4ac', '#e58fc0', '#e6d75a', '#b9bdc6']
    : ['#20639b', '#c8640a', '#14806b', '#a8407f', '#8a7400', '#5d636d'];
}
