// Versions ready to be drawn. A worker fetches them and works out their pictures, so that this thread only draws.
import { Cache } from './cache.js';

const CACHE_BYTES = 192 << 20;
const scenes = new Cache(CACHE_BYTES);
const worker = new Worker('/scene-worker.js', { type: 'module' });
const asked = new Map();
let requests = 0;

worker.onmessage = ({ data: { id, scene, error } }) => {
  const { resolve, reject } = asked.get(id);
  asked.delete(id);
  if (error) reject(Object.assign(new Error(error.message), { status: error.status }));
  else resolve(scene);
};

const ask = what => new Promise((resolve, reject) => {
  asked.set(++requests, { resolve, reject });
  worker.postMessage({ id: requests, ...what });
});

const key = (model, { version, sha256 }, reported) => [model, version, sha256, reported].join('\n');

/**
 * The version of one entry of the versions' list, with the activity report at it where the model has reported at all:
 * { dictionary, activity, ofGroups, ofClasses }.
 */
export const sceneAt = (model, entry, reported) => scenes.fetch(key(model, entry, reported), scene => scene.bytes,
  () => ask({ model, version: entry.version, sha256: entry.sha256, reported }));

/** The same with the newest report there is. */
export const newestScene = (model, entry, reported) => ask({ model, version: entry.version, sha256: entry.sha256, reported, newest: true });

/** The scene, where it is there already. */
export const peekScene = (model, entry, reported) => scenes.peek(key(model, entry, reported));

export const forgetScenes = () => scenes.clear();
