// Fetches what the page shows, and keeps what belongs to a version: that never changes.

const CACHE_BYTES = 128 << 20;
const MAGIC = 0x314c4953;

const query = parameters => new URLSearchParams(
  Object.entries(parameters).filter(([, value]) => value != null)).toString();

export async function get(path, parameters = {}) {
  const response = await fetch(`/api/${path}?${query(parameters)}`);
  if (!response.ok) {
    const message = await response.json().then(json => json.error, () => response.statusText);
    throw Object.assign(new Error(message), { status: response.status });
  }
  return response;
}

export const json = async (path, parameters) => (await get(path, parameters)).json();
export const buffer = async (path, parameters) => (await get(path, parameters)).arrayBuffer();

/** Values by key, the least recently used go first; a failed fetch is not kept. */
class Cache {
  constructor(bytes) { this.bound = bytes; this.bytes = 0; this.entries = new Map(); }

  has(key) { return this.entries.get(key)?.value !== undefined; }

  peek(key) { return this.entries.get(key)?.value; }

  fetch(key, size, make) {
    let entry = this.entries.get(key);
    if (entry) {
      this.entries.delete(key);
      this.entries.set(key, entry);
      return entry.promise;
    }
    entry = { size: 0 };
    entry.promise = make().then(value => {
      entry.value = value;
      entry.size = size(value);
      this.bytes += entry.size;
      this.trim();
      return value;
    }, error => {
      this.entries.delete(key);
      throw error;
    });
    this.entries.set(key, entry);
    return entry.promise;
  }

  trim() {
    for (const [key, entry] of this.entries) {
      if (this.bytes <= this.bound || this.entries.size <= 2) return;
      if (entry.value === undefined) continue;
      this.bytes -= entry.size;
      this.entries.delete(key);
    }
  }

  clear() { this.entries.clear(); this.bytes = 0; }
}

const dictionaries = new Cache(CACHE_BYTES);
const activities = new Cache(CACHE_BYTES / 2);

export function forgetAll() {
  dictionaries.clear();
  activities.clear();
}

/** The binary layout of QuantisedDictionary: atoms and mean image at 8 bits, with a scale each. */
export function decodeDictionary(bytes) {
  const header = new DataView(bytes);
  if (header.getInt32(0, true) !== MAGIC) throw new Error('not a dictionary');
  const [groups, groupSize, height, width, channels] = [4, 8, 12, 16, 20].map(at => header.getInt32(at, true));
  const atoms = groups * groupSize;
  const values = height * width * channels;
  const scales = new Float32Array(bytes, 24, atoms + 1);
  const levels = new Int8Array(bytes, 24 + 4 * (atoms + 1), (atoms + 1) * values);
  return { groups, groupSize, height, width, channels, atoms, values, scales, levels };
}

const key = (model, entry) => `${model}\n${entry.version}\n${entry.sha256}`;

/** The dictionary of one entry of the versions' list. */
export function dictionary(model, entry) {
  return dictionaries.fetch(key(model, entry), d => d.levels.length, async () => {
    const bytes = await buffer('atoms.bin', { model, version: entry.version, sha: entry.sha256 });
    return decodeDictionary(bytes);
  });
}

/** The activity report at one entry of the versions' list. */
export function activity(model, entry) {
  return activities.fetch(key(model, entry), () => 60_000, () => activityAt(model, entry.version));
}

/** The report at that version (the newest for null), with the units' activity of the nearest report that tells it. */
export async function activityAt(model, version) {
  const report = await json('activity.json', { model, version });
  if (report.unit) return report;
  const full = await json('activity.json', { model, version, units: true }).catch(() => null);
  if (!full?.unit || full.groups !== report.groups) return report;
  const units = new Map(full.classes.map(one => [one.label, one.unitActivity]));
  return { ...report, unit: full.unit, classes: report.classes.map(one => ({ ...one, unitActivity: units.get(one.label) })) };
}

/** Mean images of the classes, by label, as sampled from the images topic. */
export async function classMeans(model) {
  const bytes = await buffer('class-means.bin', { model });
  const view = new DataView(bytes);
  const [classes, values] = [view.getInt32(0, true), view.getInt32(4, true)];
  const means = new Map();
  let at = 8;
  for (let c = 0; c < classes; c++) {
    const images = view.getInt32(at, true);
    const length = view.getInt32(at + 4, true);
    const label = new TextDecoder().decode(new Uint8Array(bytes, at + 8, length));
    at += 8 + length;
    means.set(label, { images, mean: Float32Array.from(new Uint8Array(bytes, at, values), v => v / 255) });
    at += values;
  }
  return means;
}

export const hasBoth = (model, entry) => dictionaries.has(key(model, entry)) && activities.has(key(model, entry));
export const peekDictionary = (model, entry) => dictionaries.peek(key(model, entry));
export const peekActivity = (model, entry) => activities.peek(key(model, entry));
