import assert from 'node:assert/strict';
import test from 'node:test';
import { page } from './page.js';

const { diagonalOrder, fitAtoms, sortGroups } = page;
const WINDOW = { width: 1200, height: 900, ratio: 1, zoom: 0 };

const dictionary = (groups, groupSize, side = 28) => ({ groups, groupSize, width: side, height: side });

test('cards of all sizes fit into the width', () => {
  for (const groups of [2, 7, 10, 64, 1000]) {
    for (const groupSize of [2, 5, 10, 32, 100]) {
      for (const side of [8, 28, 64]) {
        for (const ratio of [1, 1.5, 2]) {
          const { scale, perRow, columns, rows, picture, total } =
            fitAtoms(dictionary(groups, groupSize, side), { ...WINDOW, ratio });
          const what = `${groups} × ${groupSize} of ${side} at ${ratio}`;
          if (total === Infinity) {
            assert.ok(perRow * (side + 1) * scale <= 1200, what);
            continue;
          }
          const card = Math.max(176, perRow * (side + 1) * scale + 8 + picture);
          assert.ok(columns * card + (columns - 1) * 32 <= 1200, what);
          assert.ok(perRow * rows >= groupSize, what);
        }
      }
    }
  }
});

test('image pixels are whole device pixels', () => {
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    for (const zoom of [0, 1, 2, 4]) {
      const devicePixels = fitAtoms(dictionary(10, 10), { ...WINDOW, ratio, zoom }).scale * ratio;
      assert.ok(Math.abs(devicePixels - Math.round(devicePixels)) < 1e-9 && devicePixels >= 1, `${ratio} ${zoom}`);
    }
  }
});

test('the scale is the largest at which the panel fits into 95 % of the window', () => {
  const small = dictionary(4, 4, 8);
  const chosen = fitAtoms(small, WINDOW);
  assert.ok(chosen.total <= 0.95 * 900);
  const next = fitAtoms(small, { ...WINDOW, zoom: chosen.scale + 1 });
  assert.ok(chosen.scale === 8 || next.total > 0.95 * 900);
  // a window half as high never gets a larger scale
  assert.ok(fitAtoms(small, { ...WINDOW, height: 450 }).scale <= chosen.scale);
});

test('a zoom is taken as it is, whether or not the panel fits', () => {
  assert.equal(fitAtoms(dictionary(10, 10), { ...WINDOW, zoom: 4 }).scale, 4);
  assert.equal(fitAtoms(dictionary(10, 10), { ...WINDOW, ratio: 2, zoom: 4 }).scale, 4);
});

test('groups of one atom share one card', () => {
  // 1200 / 29 = 41 atoms a row, 100 atoms in 3 rows
  assert.deepEqual(fitAtoms(dictionary(100, 1), { ...WINDOW, zoom: 1 }), { scale: 1, perRow: 41, columns: 1, rows: 3, total: 87 });
  assert.equal(fitAtoms(dictionary(5, 1), { ...WINDOW, zoom: 1 }).perRow, 5);
});

test('an atom wider than the window is shown alone in its row', () => {
  const { perRow, columns, total } = fitAtoms(dictionary(3, 4, 400), { ...WINDOW, width: 300, zoom: 1 });
  assert.deepEqual([perRow, columns, total], [1, 1, Infinity]);
});

test('groups are sorted by class, by share, or stay in place', () => {
  const groups = [{ index: 0, label: '10', share: NaN }, { index: 1, label: null, share: 0.5 }, { index: 2, label: '2', share: 0.1 },
    { index: 3, label: '2', share: 0.4 }];
  const indices = by => sortGroups(groups, by).map(group => group.index);
  assert.deepEqual(indices('index'), [0, 1, 2, 3]);
  assert.deepEqual(indices('share'), [1, 3, 2, 0]);
  assert.deepEqual(indices('class'), [2, 3, 0, 1]);
});

test('columns follow the classes, strongest group first, and groups without a class come last', () => {
  const groups = [{ index: 0, label: null, share: 0.9 }, { index: 1, label: 'b', share: 0.1 }, { index: 2, label: 'a', share: 0.1 },
    { index: 3, label: 'b', share: 0.2 }];
  assert.deepEqual(diagonalOrder(groups, [{ label: 'a' }, { label: 'b' }]), [2, 3, 1, 0]);
});
