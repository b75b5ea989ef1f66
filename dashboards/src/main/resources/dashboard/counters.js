// The strip of counters.
import { byId, el, setText } from './dom.js';
import { count, duration, fixed, known, loss, percent } from './format.js';

const COUNTERS = [
  ['images', 'images learned'], ['rate', 'images a second'], ['version', 'version'], ['mse', 'error'],
  ['groups', 'active groups'], ['accuracy', 'group accuracy'], ['silent', 'zero codes'], ['lag', 'waiting in Kafka'], ['rejected', 'rejected'],
];
const cells = new Map();

export function initCounters() {
  byId('counters').replaceChildren(...COUNTERS.map(([id, name]) => {
    const cell = { value: el('dd', {}), sub: el('dd', { class: 'sub' }) };
    cells.set(id, cell);
    return el('dl', { class: 'counter', 'data-counter': id }, el('dt', {}, name), cell.value, cell.sub);
  }));
}

function put(id, value, sub = '') {
  const cell = cells.get(id);
  setText(cell.value, value);
  setText(cell.sub, sub);
}

/** @param report the activity at an earlier version; null for the newest, which the summary has */
export function renderCounters({ summary, report, status, past }) {
  const window = report?.window ?? summary?.window ?? {};
  const shape = summary?.image ? `${summary.groups} × ${summary.groupSize} atoms` : '';
  put('images', count(report?.learned ?? summary?.learned), summary?.phase === 'warm-up' ? 'warming up' : known(summary?.encoded) ? `${count(report?.encoded ?? summary.encoded)} encoded` : '');
  put('rate', past ? '–' : count(summary?.imagesPerSecond), past ? 'at an earlier version' : 'in the last reports');
  put('version', count(report?.version >= 0 ? report.version : summary?.version), shape);
  put('mse', loss(window.mse), known(window.mseOfMean) ? `mean image ${loss(window.mseOfMean)}` : '');
  put('groups', fixed(window.activeGroups, 1), known(window.activeUnits) ? `${fixed(window.activeUnits, 0)} units` : '');
  put('accuracy', percent(window.groupAccuracy, 1), known(window.nmi) ? `NMI ${fixed(window.nmi, 3)}` : 'no labels');
  put('silent', percent(window.silentImages, 1), window.silentImages > 0.5 ? 'learning little' : '');
  const job = status?.job;
  put('lag', known(status?.lag) && status.lag >= 0 ? count(status.lag) : '–',
    job?.checkpointAtMillis ? `checkpoint ${duration(status.nowMillis - job.checkpointAtMillis)} ago` : known(status?.lag) && status.lag >= 0 ? 'images' : 'no group yet');
  put('rejected', count(Math.max(summary?.rejected ?? 0, report?.rejected ?? 0)), status?.rejected ? `${count(status.rejected)} in all` : 'none in all');
}
