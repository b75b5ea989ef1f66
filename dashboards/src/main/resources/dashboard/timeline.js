// One slider for everything: its stops are the model's versions; the last one is live.
import { byId, cssVar, differs, innerWidthOf, setLabel, setText, sizeCanvas } from './dom.js';
import { count } from './format.js';
import { lastUpTo } from './order.js';
import { peekScene, sceneAt } from './scenes.js';
import { change, state } from './state.js';

const FULL_PLAY_SECONDS = 12;
const AHEAD = 24;
let versions = [];
/** Indices of the versions that are played: those whose atoms the server holds. */
let stops = [];
let marks = [];
let playing = 0;
let position = 0;
let lastFrame = 0;
let paused = () => {};
let reported = () => false;

export const allVersions = () => versions;

export const entryShown = () => {
  if (!versions.length) return null;
  if (state.version == null) return versions[versions.length - 1];
  return versions[indexOf(state.version)];
};

/** Index of that version or of the nearest earlier one. */
const indexOf = version => lastUpTo(version, versions, one => one.version);

export function setVersions(list) {
  versions = list;
  stops = versions.map((v, i) => i).filter(i => versions[i].held || i === versions.length - 1);
  renderTimeline();
}

export function setMarks(list) {
  marks = list;
  drawTicks();
}

export function renderTimeline() {
  const slider = byId('slider');
  const entry = entryShown();
  const last = Math.max(0, versions.length - 1);
  if (differs(slider, last)) {
    slider.max = String(last);
    slider.disabled = versions.length < 2;
    byId('play').disabled = versions.length < 2;
  }
  slider.value = String(entry ? indexOf(entry.version) : 0);
  if (differs(byId('live'), state.version == null)) byId('live').setAttribute('aria-pressed', String(state.version == null));
  const when = byId('when');
  if (!entry) {
    setText(when, 'no version yet');
  } else {
    const text = `version ${count(entry.version)} · ${count(entry.images)} images`;
    setText(when, text);
    slider.setAttribute('aria-valuetext', text);
  }
  drawTicks();
}

function drawTicks() {
  const canvas = byId('ticks');
  const clientWidth = innerWidthOf(canvas.parentElement);
  const clientHeight = 32;
  if (!clientWidth) return;
  const context = sizeCanvas(canvas, clientWidth, clientHeight);
  const middle = clientHeight / 2;
  const thumb = 8;
  const x = i => thumb + (versions.length < 2 ? 0 : (i / (versions.length - 1)) * (clientWidth - 2 * thumb));
  const shown = entryShown() ? indexOf(entryShown().version) : 0;
  context.fillStyle = cssVar('--line');
  context.fillRect(thumb, middle - 2, clientWidth - 2 * thumb, 4);
  context.fillStyle = cssVar('--accent');
  context.globalAlpha = 0.45;
  context.fillRect(thumb, middle - 2, x(shown) - thumb, 4);
  context.globalAlpha = 1;
  if (versions.length > 1 && versions.length < clientWidth / 4) {
    context.fillStyle = cssVar('--muted');
    context.globalAlpha = 0.5;
    versions.forEach((_, i) => context.fillRect(Math.round(x(i)), middle + 6, 1, 4));
    context.globalAlpha = 1;
  }
  context.fillStyle = cssVar('--warn');
  for (const mark of marks) {
    if (!versions.length) break;
    const at = x(indexOf(mark.version));
    context.beginPath();
    context.moveTo(at - 4, 1);
    context.lineTo(at + 4, 1);
    context.lineTo(at, 8);
    context.fill();
  }
}

function goTo(index) {
  const at = Math.max(0, Math.min(versions.length - 1, index));
  change({ version: at === versions.length - 1 ? null : versions[at].version });
}

function play() {
  const now = entryShown() ? indexOf(entryShown().version) : 0;
  position = now >= stops[stops.length - 1] ? 0 : stops.findIndex(i => i >= now);
  lastFrame = 0;
  setText(byId('play'), '❚❚');
  setLabel(byId('play'), 'Pause');
  playing = requestAnimationFrame(frame);
}

export function pause() {
  if (!playing) return;
  cancelAnimationFrame(playing);
  playing = 0;
  setText(byId('play'), '▶');
  setLabel(byId('play'), 'Play the history');
  paused();
}

export const isPlaying = () => playing !== 0;

function frame(time) {
  for (const i of stops.slice(Math.floor(position), Math.floor(position) + AHEAD)) {
    if (!peekScene(state.model, versions[i], reported())) sceneAt(state.model, versions[i], reported()).catch(pause);
  }
  const perSecond = Math.min(60, Math.max(3, stops.length / FULL_PLAY_SECONDS)) * Number(byId('speed').value);
  const step = lastFrame ? Math.min(1, ((time - lastFrame) / 1000) * perSecond) : 0;
  lastFrame = time;
  const next = Math.min(stops.length - 1, position + step);
  // wait for what is not here yet rather than leave it out
  if (peekScene(state.model, versions[stops[Math.floor(next)]], reported())) position = next;
  const index = stops[Math.floor(position)];
  if (position >= stops.length - 1) {
    pause();
    goTo(versions.length - 1);
    return;
  }
  if (state.version !== versions[index].version) change({ version: versions[index].version });
  playing = requestAnimationFrame(frame);
}

/** @param onPause told when playing ends; @param hasReported whether the model has reported its activity yet */
export function initTimeline(onPause, hasReported) {
  paused = onPause;
  reported = hasReported;
  byId('slider').addEventListener('input', event => {
    pause();
    goTo(Number(event.target.value));
  });
  byId('play').addEventListener('click', () => (playing ? pause() : play()));
  byId('live').addEventListener('click', () => {
    pause();
    change({ version: null });
  });
  document.addEventListener('keydown', event => {
    if (event.target.closest('input, select, textarea, canvas, button, a') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ') { event.preventDefault(); byId('play').click(); }
    if (event.key === 'l') byId('live').click();
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && versions.length) {
      event.preventDefault();
      pause();
      goTo(indexOf(entryShown().version) + step);
    }
  });
  new ResizeObserver(drawTicks).observe(byId('ticks').parentElement);
}
