/** Which number a phone or an address belongs to, for millions of keys in little memory. */
export type KeySet = {
  get(key: string): number | undefined;
  /** Keeps the first value of a key. */
  add(key: string, value: number): void;
  size(): number;
};

/** Tables grow one at a time, so that no key has to wait for a million others to move. */
const shards = 256;

/**
 * Open addressing over 52-bit hashes in typed arrays: 24 bytes a key at most where a Map of texts takes a hundred.
 * Two keys with one hash are taken for one; among a million keys that happens once in ten thousand imports.
 */
export function createKeySet(): KeySet {
  const tables = Array.from({ length: shards }, createTable);
  const tableOf = (hash: number) => tables[hash % shards] as Table;
  return {
    get(key) {
      const hash = hashOf(key);
      return tableOf(hash).get(hash);
    },
    add(key, value) {
      const hash = hashOf(key);
      tableOf(hash).add(hash, value);
    },
    size: () => tables.reduce((sum, table) => sum + table.size(), 0),
  };
}

type Table = {
  get(hash: number): number | undefined;
  add(hash: number, value: number): void;
  size(): number;
};

function createTable(): Table {
  let hashes = new Float64Array(16);
  let values = new Int32Array(16);
  let size = 0;

  function placeOf(hash: number): number {
    const capacity = hashes.length;
    let place = Math.floor(hash / shards) % capacity;
    while (hashes[place] !== 0 && hashes[place] !== hash) place = (place + 1) % capacity;
    return place;
  }
  function grow(): void {
    const [oldHashes, oldValues] = [hashes, values];
    hashes = new Float64Array(oldHashes.length * 2);
    values = new Int32Array(oldHashes.length * 2);
    oldHashes.forEach((hash, at) => {
      if (hash === 0) return;
      const place = placeOf(hash);
      hashes[place] = hash;
      values[place] = oldValues[at] as number;
    });
  }

  return {
    get(hash) {
      const place = placeOf(hash);
      return hashes[place] === 0 ? undefined : values[place];
    },
    add(hash, value) {
      if (size * 2 >= hashes.length) grow();
      const place = placeOf(hash);
      if (hashes[place] !== 0) return;
      hashes[place] = hash;
      values[place] = value;
      size += 1;
    },
    size: () => size,
  };
}

/** Two multiplicative hashes of 26 bits each (after Knuth, TAOCP 3, 6.4), never 0. */
function hashOf(key: string): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
    high ^= high >>> 15;
  }
  low ^= low >>> 13;
  return (high >>> 6) * 67_108_864 + (low >>> 6) + 1;
}
