import assert from 'node:assert/strict';
import test from 'node:test';
import { page } from './page.js';

const { bytes, byName, clock, count, duration, fixed, lastUpTo, loss, percent, shorten, tick } = page;

/** Asserts the text of each value. */
const texts = (format, expected) => {
  for (const [value, text] of expected) assert.equal(format(value), text, String(value));
};

test('unknown numbers are shown as a dash', () => {
  for (const format of [count, n => fixed(n, 2), percent, loss, bytes, duration, clock]) {
    texts(format, [[null, '–'], [undefined, '–'], [NaN, '–']]);
  }
  texts(duration, [[-1, '–']]);
  texts(clock, [[0, '–']]);
});

test('counts have thousands separators and no decimals', () => {
  texts(count, [[0, '0'], [999, '999'], [57600, '57,600'], [1234567.4, '1,234,567']]);
});

test('a loss has four decimals below 1 and two above', () => {
  texts(loss, [[0.01234567, '0.0123'], [0.99999, '1.0000'], [1, '1.00'], [123.456, '123.46']]);
});

test('shares are percentages', () => {
  texts(percent, [[0, '0 %'], [0.125, '13 %'], [1, '100 %']]);
  assert.equal(percent(0.1234, 1), '12.3 %');
});

test('sizes have the unit that keeps them short', () => {
  texts(bytes, [[0, '0 kB'], [1500, '2 kB'], [1e6, '1.0 MB'], [9.94e6, '9.9 MB'], [2.56e8, '256 MB'], [1.25e9, '1.3 GB']]);
});

test('durations have the unit that keeps them short', () => {
  const s = 1000, min = 60 * s, h = 60 * min;
  texts(duration, [[0, '0.0 s'], [9.94 * s, '9.9 s'], [10 * s, '10 s'], [119 * s, '119 s'], [2 * min, '2 min'],
    [119 * min, '119 min'], [2 * h, '2 h'], [47 * h, '47 h'], [48 * h, '2 d']]);
});

test('ticks are short above ten thousand and exact below', () => {
  texts(tick, [[null, ''], [0, '0'], [0.1 + 0.2, '0.3'], [9999, '9999'], [-20000, '-20 k'], [1500000, '1.5 M']]);
});

test('long texts end in an ellipsis and keep the bound', () => {
  assert.equal(shorten('exactly ten', 11), 'exactly ten');
  assert.equal(shorten('exactly ten', 10), 'exactly t…');
});

test('names are ordered by number, then by word', () => {
  assert.deepEqual(['10', '9', 'b', 'A', 'class 12', 'class 2'].sort(byName), ['9', '10', 'A', 'b', 'class 2', 'class 12']);
});

test('the last value up to a bound is found, the first where all are above', () => {
  const list = [1, 4, 4, 9];
  assert.deepEqual([0, 1, 3, 4, 8, 9, 99].map(x => lastUpTo(x, list)), [0, 0, 0, 2, 2, 3, 3]);
  assert.equal(lastUpTo(5, [{ version: 2 }, { version: 5 }], one => one.version), 1);
});
