// What is being looked at. All of it is in the URL, so that a view can be shared.

const DEFAULTS = {
  model: null, version: null, class: null, atom: null, since: null,
  sort: 'index', groups: 'index', tone: 'ink', zoom: '0', axis: 'learned', heat: 'strongest',
};
const NUMBERS = new Set(['version', 'atom', 'since']);
const listeners = new Set();

function read() {
  const query = new URLSearchParams(location.search);
  const state = { ...DEFAULTS };
  for (const key of Object.keys(DEFAULTS)) {
    if (!query.has(key)) continue;
    const text = query.get(key);
    if (!NUMBERS.has(key)) state[key] = text;
    else if (/^\d{1,15}$/.test(text)) state[key] = Number(text);
  }
  return state;
}

export const state = read();

export function address(changes = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...state, ...changes })) {
    if (value != null && value !== DEFAULTS[key]) query.set(key, value);
  }
  const text = query.toString();
  return text ? `/?${text}` : '/';
}

/** Changes the state, the URL, and tells who listens. A change of model makes a step to go back to; others do not. */
export function change(changes) {
  const keys = Object.keys(changes).filter(key => state[key] !== changes[key]);
  if (!keys.length) return;
  const step = keys.includes('model') && state.model != null;
  Object.assign(state, changes);
  writeUrl(step);
  for (const listener of listeners) listener(keys);
}

let pending = 0;
function writeUrl(step) {
  if (step) {
    history.pushState(null, '', address());
    return;
  }
  // browsers limit how often the URL may change: while playing, the last one counts
  clearTimeout(pending);
  pending = setTimeout(() => history.replaceState(null, '', address()), 150);
}

export const onChange = listener => listeners.add(listener);

window.addEventListener('popstate', () => {
  const before = { ...state };
  Object.assign(state, read());
  const keys = Object.keys(state).filter(key => state[key] !== before[key]);
  for (const listener of listeners) listener(keys);
});
