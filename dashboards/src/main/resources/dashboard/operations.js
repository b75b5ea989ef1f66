// What an operator asks: does it run, how far behind is it, what was rejected and why.
import * as api from './api.js';
import { byId, el, setText } from './dom.js';
import { bytes, clock, count, duration, known } from './format.js';

let rejectsSeen = -1;

export function renderOperations({ status, summary }) {
  if (!status) return;
  const job = status.job;
  const settings = summary?.settings ?? {};
  const facts = [
    ['Kafka', status.kafka ? 'reachable' : 'away', !status.kafka],
    ['job', job ? job.state.toLowerCase() : '–', job && !['RUNNING', 'FINISHED', 'CREATED', 'INITIALIZING'].includes(job.state)],
    ['waiting in Kafka', known(status.lag) && status.lag >= 0 ? `${count(status.lag)} images` : '–'],
    ['last checkpoint', job?.checkpointAtMillis ? `${duration(status.nowMillis - job.checkpointAtMillis)} ago` : '–'],
    ['checkpoint took', job?.checkpointBytes ? `${duration(job.checkpointMillis)}, ${bytes(job.checkpointBytes)}` : '–'],
    ['failed checkpoints', job ? count(job.failedCheckpoints) : '–', job?.failedAtMillis > job?.checkpointAtMillis],
    ['restarts', job ? count(job.restored) : '–'],
    ['images a second', count(summary?.imagesPerSecond)],
    ['last record', status.heardAtMillis ? `${duration(status.nowMillis - status.heardAtMillis)} ago` : '–'],
    ['history in memory', `${bytes(status.historyBytes)} of ${bytes(status.historyBound)}`],
    ['pages watching', count(status.clients)],
    ['update · λ', settings['learner.update'] ? `${settings['learner.update']} · ${settings['encoder.lambda']}` : '–'],
  ];
  const host = byId('facts');
  if (host.childElementCount !== facts.length) {
    host.replaceChildren(...facts.map(([name]) => el('div', {}, el('dt', {}, name), el('dd', {}))));
  }
  facts.forEach(([, value, bad], i) => {
    const cell = host.children[i].lastChild;
    setText(cell, value);
    cell.classList.toggle('bad', Boolean(bad));
  });
  if (status.rejected !== rejectsSeen) {
    rejectsSeen = status.rejected;
    loadRejects();
  }
}

async function loadRejects() {
  const { newest } = await api.json('rejected').catch(() => ({ newest: [] }));
  byId('rejects').replaceChildren(...(newest.length
    ? newest.slice(0, 8).map(one => el('tr', {}, el('td', {}, clock(one.atMillis)), el('td', { title: one.model }, one.model || '(no key)'), el('td', {}, one.reason),
      el('td', {}, `${one.topic}-${one.partition}@${one.offset}`)))
    : [el('tr', {}, el('td', { colspan: '4' }, 'none'))]));
}
