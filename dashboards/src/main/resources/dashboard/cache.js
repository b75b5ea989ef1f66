/** Promised values by key within a bound of bytes: the least recently used go first, and what failed is not kept. */
export class Cache {
  constructor(bytes) { this.bound = bytes; this.clear(); }

  clear() { this.entries = new Map(); this.bytes = 0; }

  peek(key) { return this.entries.get(key)?.value; }

  /** The value's promise, made where it is not there; sizeOf tells its bytes. */
  fetch(key, sizeOf, make) {
    let entry = this.entries.get(key);
    if (entry) {
      this.entries.delete(key);
      this.entries.set(key, entry);
      return entry.promise;
    }
    entry = { size: 0 };
    entry.promise = make().then(value => {
      if (this.entries.get(key) === entry) {
        Object.assign(entry, { value, size: sizeOf(value) });
        this.bytes += entry.size;
        this.trim();
      }
      return value;
    }, error => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
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
}
