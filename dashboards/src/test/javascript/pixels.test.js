import assert from 'node:assert/strict';
import test from 'node:test';
import { page } from './page.js';

const { describeGroups, drawLevels, levelsOf, meanImage, movement, nearestClass, samplesOf, unitWeights, weightedAtoms } = page;

const identity = Uint32Array.from({ length: 256 }, (_, i) => i);

test('a gray atom is written by the table, and nothing around it', () => {
  const shape = { height: 2, width: 2, channels: 1 };
  const words = new Uint32Array(4 * 3).fill(7);
  // the second atom, to the place (left 1, top 1) of a picture of width 4
  drawLevels(words, 4, 1, 1, shape, Int8Array.of(9, 9, 9, 9, 1, -1, 127, -128), 1, identity);
  assert.deepEqual([...words], [7, 7, 7, 7, 7, 1, 255, 7, 7, 127, 128, 7]);
});

test('a colour atom is written as opaque little-endian RGBA around mid-gray', () => {
  const words = new Uint32Array(2);
  drawLevels(words, 2, 0, 0, { height: 1, width: 2, channels: 3 }, Int8Array.of(0, 0, 0, 127, -128, 1), 0, identity);
  assert.deepEqual([...words].map(word => word.toString(16)), ['ff808080', 'ff8100ff']);
});

test('the largest value of either sign has the level 127', () => {
  assert.deepEqual([...levelsOf([0, 0.5, -1])], [0, 64, -127]);
  assert.deepEqual([...levelsOf([0, 0])], [0, 0]);
});

test('samples are cut off at black and white', () => {
  assert.deepEqual([...samplesOf(Float32Array.of(-1, 0, 1, 2))], [0, 0, 255, 255]);
});

const two = {
  values: 2, atoms: 2, levels: Int8Array.of(10, 0, 0, 20, 4, 8), scales: Float32Array.of(0.5, 0.25, 0.5),
};

test('atoms are summed by weight and scale', () => {
  assert.deepEqual([...weightedAtoms(two, [2, 4])], [10, 20]);
  assert.deepEqual([...weightedAtoms(two, null)], [5, 5]);
  assert.deepEqual([...weightedAtoms(two, [2, 4], 1, 2)], [0, 20]);
});

test('the mean image follows the atoms', () => {
  assert.deepEqual([...meanImage(two)], [2, 4]);
});

test('movement is 0 for a scaled atom, 1 for an orthogonal one, and 0 between zeros', () => {
  const of = (...levels) => ({ values: 2, levels: Int8Array.from(levels) });
  assert.ok(movement(of(3, 4), of(6, 8), 0) < 1e-12);
  assert.equal(movement(of(1, 0), of(0, 1), 0), 1);
  assert.equal(movement(of(0, 0), of(0, 0), 0), 0);
  assert.equal(movement(of(0, 0), of(0, 1), 0), 1);
  assert.equal(movement(of(9, 9, 1, 0), of(1, 1, -1, 0), 1), 2);
});

test('an atom looks like the class whose mean image correlates most', () => {
  const dictionary = { values: 4, atoms: 1, levels: Int8Array.of(1, 2, 3, 4, 0, 0, 0, 0), scales: Float32Array.of(1, 1) };
  const means = new Map([['down', { mean: [4, 3, 2, 1] }], ['up', { mean: [10, 20, 30, 40] }], ['other size', { mean: [1] }]]);
  const { label, correlation } = nearestClass(dictionary, 0, means);
  assert.equal(label, 'up');
  assert.ok(Math.abs(correlation - 1) < 1e-9);
  assert.equal(nearestClass(dictionary, 0, new Map()), null);
});

test('a group stands for the class of most of the images that choose it', () => {
  const activity = {
    classes: [{ label: 'a', windowImages: 100, strongest: [0.1, 0] }, { label: 'b', windowImages: 10, strongest: [0.5, 0] }],
    group: { share: [0.4, 0] },
  };
  const [first, second] = describeGroups(activity, 2);
  assert.equal(first.label, 'a');
  assert.ok(Math.abs(first.purity - 10 / 15) < 1e-12);
  assert.equal(first.share, 0.4);
  assert.equal(second.label, null);
  assert.ok(Number.isNaN(second.purity) && Number.isNaN(first.active));
});

test('unit weights are the classes’ mean codes, by their images', () => {
  const activity = { classes: [{ unitActivity: [1, 0], windowImages: 3 }, { unitActivity: [0, 2] }, { unitActivity: [1] }] };
  assert.deepEqual([...unitWeights(activity, 2)], [3, 2]);
  assert.equal(unitWeights({ classes: [{ unitActivity: [0, 0] }] }, 2), null);
  assert.equal(unitWeights(null, 2), null);
});
