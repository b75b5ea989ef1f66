import assert from 'node:assert/strict';
import test from 'node:test';
import { page } from './page.js';

const size = value => value.length;
const put = (cache, key, value) => cache.fetch(key, size, async () => value);

test('a value is made once', async () => {
  const cache = new page.Cache(100);
  let made = 0;
  const make = async () => `value ${++made}`;
  assert.deepEqual(await Promise.all([cache.fetch('a', size, make), cache.fetch('a', size, make)]), ['value 1', 'value 1']);
  assert.equal(cache.peek('a'), 'value 1');
});

test('the least recently used values go first', async () => {
  const cache = new page.Cache(9);
  for (const key of ['a', 'b', 'c']) await put(cache, key, 'xxx');
  await put(cache, 'a', 'not made again');
  await put(cache, 'd', 'xxx');
  assert.deepEqual(['a', 'b', 'c', 'd'].map(key => cache.peek(key)), ['xxx', undefined, 'xxx', 'xxx']);
  assert.equal(cache.bytes, 9);
});

test('two values are kept, however large', async () => {
  const cache = new page.Cache(1);
  for (const key of ['a', 'b', 'c']) await put(cache, key, 'xxx');
  assert.deepEqual(['a', 'b', 'c'].map(key => cache.peek(key)), [undefined, 'xxx', 'xxx']);
});

test('what failed is not kept', async () => {
  const cache = new page.Cache(9);
  await assert.rejects(cache.fetch('a', size, async () => { throw new Error('no'); }), /no/);
  assert.equal(await put(cache, 'a', 'now'), 'now');
});

test('a value that arrives after a clearing is not kept', async () => {
  const cache = new page.Cache(9);
  const late = put(cache, 'a', 'old');
  cache.clear();
  assert.equal(await late, 'old');
  assert.equal(cache.peek('a'), undefined);
  assert.equal(cache.bytes, 0);
});
