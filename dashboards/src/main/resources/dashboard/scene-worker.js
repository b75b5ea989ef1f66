// The worker behind scenes.js: fetches a version's atoms and activity, and works out the pictures that follow from both.
import { activityAt, buffer } from './api.js';
import { unitWeights } from './groups.js';
import { levelsOf, meanImage, samplesOf, weightedAtoms } from './pixels.js';

const MAGIC = 0x314c4953;

/** The binary layout of QuantisedDictionary: atoms and mean image at 8 bits, with a scale each. */
function decodeDictionary(bytes) {
  const header = new DataView(bytes);
  if (header.getInt32(0, true) !== MAGIC) throw new Error('not a dictionary');
  const [groups, groupSize, height, width, channels] = [4, 8, 12, 16, 20].map(at => header.getInt32(at, true));
  const atoms = groups * groupSize;
  const values = height * width * channels;
  const scales = new Float32Array(bytes, 24, atoms + 1);
  const levels = new Int8Array(bytes, 24 + 4 * (atoms + 1), (atoms + 1) * values);
  return { groups, groupSize, height, width, channels, atoms, values, scales, levels };
}

/** Long lists as typed arrays: they go from thread to thread much faster. */
function pack(activity) {
  if (!activity?.unit) return;
  activity.unit.active = Float32Array.from(activity.unit.active);
  for (const one of activity.classes) {
    if (one.unitActivity) one.unitActivity = Float32Array.from(one.unitActivity);
  }
}

/** The picture that each group makes on average, at its own full contrast, [groups, values] int8. */
function groupPictures(dictionary, activity) {
  const { groups, groupSize, atoms, values } = dictionary;
  const pictures = new Int8Array(groups * values);
  const weights = unitWeights(activity, atoms);
  for (let g = 0; g < groups; g++) {
    pictures.set(levelsOf(weightedAtoms(dictionary, weights, g * groupSize, (g + 1) * groupSize)), g * values);
  }
  return pictures;
}

/** The mean reconstruction of each class, where its units' activity is known, [values] uint8 by label. */
function classPictures(dictionary, activity) {
  const pictures = new Map();
  const mean = meanImage(dictionary);
  for (const one of activity?.classes ?? []) {
    if (one.unitActivity?.length !== dictionary.atoms) continue;
    pictures.set(one.label, samplesOf(weightedAtoms(dictionary, one.unitActivity).map((v, i) => v + mean[i])));
  }
  return pictures;
}

/** @param newest whether the newest report is meant rather than that of the version */
async function make({ model, version, sha256, reported, newest }) {
  const [bytes, activity] = await Promise.all([
    buffer('atoms.bin', { model, version, sha: sha256 }),
    reported ? activityAt(model, newest ? null : version) : null,
  ]);
  const dictionary = decodeDictionary(bytes);
  pack(activity);
  const ofGroups = groupPictures(dictionary, activity);
  return { dictionary, activity, ofGroups, ofClasses: classPictures(dictionary, activity), bytes: bytes.byteLength + ofGroups.length + 60_000 };
}

onmessage = async ({ data }) => {
  const { id } = data;
  try {
    const scene = await make(data);
    postMessage({ id, scene }, [scene.dictionary.levels.buffer, scene.ofGroups.buffer]);
  } catch (error) {
    postMessage({ id, error: { message: error.message, status: error.status } });
  }
};
