// Asks the server.

const query = parameters => new URLSearchParams(
  Object.entries(parameters).filter(([, value]) => value != null)).toString();

async function get(path, parameters = {}) {
  const response = await fetch(`/api/${path}?${query(parameters)}`);
  if (!response.ok) {
    const message = await response.json().then(json => json.error, () => response.statusText);
    throw Object.assign(new Error(message), { status: response.status });
  }
  return response;
}

export const json = async (path, parameters) => (await get(path, parameters)).json();
export const buffer = async (path, parameters) => (await get(path, parameters)).arrayBuffer();

/** The activity report at that version (the newest for null), with the units' activity of the nearest report that has it. */
export async function activityAt(model, version) {
  const report = await json('activity.json', { model, version });
  if (report.unit) return report;
  const full = await json('activity.json', { model, version, units: true }).catch(() => null);
  if (!full?.unit || full.groups !== report.groups) return report;
  const units = new Map(full.classes.map(one => [one.label, one.unitActivity]));
  return { ...report, unit: full.unit, classes: report.classes.map(one => ({ ...one, unitActivity: units.get(one.label) })) };
}

/** Mean images of the classes, by label, as sampled from the images topic: { images, mean } with samples 0 … 255. */
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
    means.set(label, { images, mean: new Uint8Array(bytes, at, values) });
    at += values;
  }
  return means;
}
