// Puts the page together: what came, what is chosen, what is drawn.
import * as api from './api.js';
import { renderAtoms } from './atoms.js';
import { initCharts, markVersion, remakeCharts, renderCharts } from './charts.js';
import { renderClasses } from './classes.js';
import { initCounters, renderCounters } from './counters.js';
import { initDistances, redrawDistances, renderDistances } from './distances.js';
import { byId, followSight, forgetTheme, isInSight, perFrame, setText } from './dom.js';
import { initDrawer, renderDrawer } from './drawer.js';
import { bytes, duration } from './format.js';
import { describeGroups } from './groups.js';
import { initHeat, renderHeat } from './heat.js';
import { watch } from './live.js';
import { renderModels } from './models.js';
import { initMoved, renderMoved } from './moved.js';
import { renderOperations } from './operations.js';
import { forgetPalettes } from './palette.js';
import { forgetScenes, newestScene, peekScene, sceneAt } from './scenes.js';
import { initShares, renderShares } from './shares.js';
import { change, onChange, state } from './state.js';
import { entryShown, initTimeline, isPlaying, pause, renderTimeline, setMarks, setVersions } from './timeline.js';
import { initTry, renderTry } from './tryit.js';
import { initUnits, renderUnits } from './units.js';

const models = new Map();
let status = null;
let series = null;
let classMeans = null;
let view = {};
let request = 0;

const WORDS = { live: 'live', loading: 'reading history', idle: 'nothing new', waiting: 'waiting', 'job-down': 'job down', 'kafka-away': 'Kafka away', denied: 'access denied', failed: 'dashboard failed', lost: 'connection lost', connecting: 'connecting' };

const RETRY_MILLIS = 3000;

/**
 * Runs a fetch at most that often, and once more if asked meanwhile or if the server could not be reached. A task that says
 * false had nothing to fetch, and holds up nothing.
 */
function throttled(millis, task) {
  let running = false, again = false;
  return async function run() {
    if (running) { again = true; return; }
    running = true;
    again = false;
    const started = Date.now();
    let pause = millis;
    try {
      // a server that is back may have read nothing yet: its feed says when
      if (status?.state === 'lost') throw new Error(status.text);
      if (await task() === false) pause = 0;
    } catch (error) {
      // what the server refuses, it refuses until the next event asks again
      if (!error.status) [again, pause] = [true, RETRY_MILLIS];
    }
    setTimeout(() => { running = false; if (again) run(); }, Math.max(0, pause - (Date.now() - started)));
  };
}

const loadVersions = throttled(500, async () => {
  const model = state.model;
  if (!models.has(model)) return false;
  const { versions } = await api.json('versions', { model });
  if (model !== state.model) return;
  setVersions(versions);
  show();
});

const loadSeries = throttled(1000, async () => {
  const model = state.model;
  if (!models.has(model)) return false;
  const next = await api.json('series', { model });
  if (model !== state.model) return;
  series = next;
  renderCharts(series);
  renderShares(series);
  setMarks(series.marks);
});

/** Whether the model has reported its activity since its warm-up. */
const reported = model => models.get(model)?.activityVersion >= 0;

/** The newest version with the newest report. */
const showNewest = throttled(500, async () => {
  const { model } = state;
  const entry = entryShown();
  if (state.version != null || !entry) return false;
  let scene;
  try {
    scene = await newestScene(model, entry, reported(model));
  } catch (error) {
    // the list was read before another run came, or before this version was thinned out
    if (error.status && !view.dictionary) setTimeout(loadVersions, RETRY_MILLIS);
    throw error;
  }
  if (model !== state.model || state.version != null) return;
  view = { ...scene, entry, past: false };
  draw();
});

const loadClassMeans = throttled(4000, async () => {
  const model = state.model;
  if (!model || !models.get(model)?.sha256) return false;
  const next = await api.classMeans(model);
  if (model !== state.model) return;
  classMeans = next;
  draw();
});

/** Gets what belongs to the chosen version, then draws all panels from it. */
async function show() {
  const mine = ++request;
  const { model } = state;
  const entry = entryShown();
  if (!model || !entry) {
    view = {};
    draw();
    return;
  }
  if (state.version == null) {
    showNewest();
    return;
  }
  let scene = peekScene(model, entry, reported(model));
  try {
    scene ??= await sceneAt(model, entry, reported(model));
  } catch (error) {
    if (mine === request) setText(byId('announce'), error.message);
    return;
  }
  if (mine !== request) return;
  view = { ...scene, entry, past: true };
  // a frame of the play draws its own version
  if (isPlaying()) draw.now(); else draw();
}

const PANELS = [
  ['counters', ({ summary, status: now, activity, past }) => renderCounters({ summary, status: now, report: past ? activity : null, past })],
  ['atoms', renderAtoms], ['classes', renderClasses], ['heat', renderHeat], ['units', renderUnits], ['moved', renderMoved],
  ['charts', ({ past, entry }) => markVersion(past ? entry.version : null)],
].map(([id, render]) => [byId(id), render]);

const draw = perFrame(() => {
  const summary = models.get(state.model);
  const groups = view.dictionary ? describeGroups(view.activity, view.dictionary.groups) : [];
  const full = { ...view, summary, status, classMeans, groups, theme: document.documentElement.dataset.theme };
  full.unknown = allTold && models.size > 0 && !summary;
  full.reported = reported(state.model);
  for (const [panel, render] of PANELS) {
    // while playing, what is not visible need not keep up
    if (!isPlaying() || isInSight(panel)) render(full);
  }
  renderDrawer(full);
  renderDistances(full);
  renderTry(full);
  renderTimeline();
  document.documentElement.dataset.shown = view.entry ? String(view.entry.version) : '';
});

function renderStatus() {
  const node = byId('status');
  node.dataset.state = status.state;
  const quietFor = status.state === 'idle' ? ` for ${duration(status.nowMillis - status.heardAtMillis)}` : '';
  setText(byId('status-word'), (WORDS[status.state] ?? status.state) + quietFor);
  node.title = status.text;
  const notice = byId('notice');
  notice.hidden = ['live', 'idle', 'connecting'].includes(status.state);
  notice.dataset.state = status.state;
  setText(notice, status.text);
  setText(byId('foot'), `History ${bytes(status.historyBytes)} of ${bytes(status.historyBound)} · watching: ${status.clients ?? '–'}${status.unreadable ? ` · ${status.unreadable} unreadable records` : ''}`);
}

/** Without a model in the URL: the busiest, once all are known. */
let allTold = false;
function chooseModel() {
  if (state.model || !allTold) return;
  const rank = one => [one.version != null ? 1 : 0, one.receivedAtMillis || 0];
  const [best] = [...models.values()].sort((a, b) => rank(b)[0] - rank(a)[0] || rank(b)[1] - rank(a)[1]);
  if (best) change({ model: best.name });
}

function changeModel() {
  pause();
  view = {};
  series = null;
  classMeans = null;
  setVersions([]);
  setMarks([]);
  renderCharts(null);
  renderShares(null);
  draw();
  renderModels(models, Date.now());
  document.title = state.model ? `${state.model} · silhouettes` : 'silhouettes';
  loadVersions();
  loadSeries();
  loadClassMeans();
}

function onModel(summary) {
  const before = models.get(summary.name);
  models.set(summary.name, summary);
  chooseModel();
  renderModels(models, Date.now());
  if (summary.name !== state.model) return;
  if (before?.sha256 !== summary.sha256 || before?.version !== summary.version) {
    loadVersions();
    loadClassMeans();
  }
  if (before?.rows !== summary.rows) {
    loadSeries();
    showNewest();
  }
  if (!isPlaying()) draw();
}

/** Forgets a model; a page that shows it says that there is none of that name. */
function onDeleted(name) {
  if (!models.delete(name)) return;
  forgetScenes();
  if (name === state.model) changeModel();
  else renderModels(models, Date.now());
}

function onStatus(next) {
  status = next;
  renderStatus();
  renderModels(models, Date.now());
  const summary = models.get(state.model);
  renderCounters({ summary, report: view.past ? view.activity : null, status, past: view.past });
  renderOperations({ status, summary });
  if (!view.dictionary) draw();
}

onChange(keys => {
  if (keys.some(key => key !== 'version')) syncControls();
  if (keys.includes('model')) changeModel();
  else if (keys.includes('version')) show();
  else if (keys.includes('axis')) remakeCharts();
  else draw();
});

const CONTROLS = { 'atom-sort': 'sort', 'group-sort': 'groups', tone: 'tone', zoom: 'zoom', axis: 'axis', 'heat-what': 'heat' };

function syncControls() {
  for (const [id, key] of Object.entries(CONTROLS)) byId(id).value = state[key];
}

function initTheme() {
  const wanted = matchMedia('(prefers-color-scheme: dark)');
  const set = theme => {
    document.documentElement.dataset.theme = theme;
    forgetTheme();
    forgetPalettes();
    if (series) remakeCharts();
    renderShares(series);
    redrawDistances();
    draw();
    renderModels(models, Date.now());
  };
  let chosen = null;
  try { chosen = localStorage.getItem('theme'); } catch { /* storage may be off */ }
  set(chosen ?? (wanted.matches ? 'dark' : 'light'));
  wanted.addEventListener('change', () => { if (!chosen) set(wanted.matches ? 'dark' : 'light'); });
  byId('theme').addEventListener('click', () => {
    chosen = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('theme', chosen); } catch { /* storage may be off */ }
    set(chosen);
  });
}

initCounters();
initCharts();
initHeat();
initUnits();
initMoved();
initShares();
initDistances();
initDrawer();
initTry();
initTimeline(draw, () => reported(state.model));
PANELS.forEach(([panel]) => followSight(panel));
initTheme();
syncControls();
for (const [id, key] of Object.entries(CONTROLS)) byId(id).addEventListener('change', event => change({ [key]: event.target.value }));
new ResizeObserver(draw).observe(byId('groups'));
draw();
if (state.model) changeModel();
watch({
  model: onModel,
  deleted: onDeleted,
  told: names => {
    allTold = true;
    // deleted, or dropped, while this page did not listen
    for (const name of [...models.keys()].filter(one => !names.has(one))) onDeleted(name);
    chooseModel();
    draw();
  },
  status: onStatus,
  lost: since => {
    onStatus({ ...(status ?? {}), state: 'lost', text: `The dashboard’s server has not answered for ${Math.round((Date.now() - since) / 1000)} s. The page continues when it is back.` });
    draw();
  },
  restarted: () => {
    forgetScenes();
    models.clear();
    draw();
    loadVersions();
    loadSeries();
  },
});
