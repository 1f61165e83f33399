/** Which number a phone or an address belongs to, for millions of keys in little memory. */
export type KeySet = {
  get(key: string): number | undefined;
  /** Keeps the first value of a key. */
  add(key: string, value: number): void;
  size(): number;
};

/**
 * Open addressing over 52-bit hashes in typed arrays: 12 bytes a key where a Map of texts takes a hundred. Two
 * keys with one hash are taken for one; among a million keys that happens once in ten thousand imports.
 */
export function createKeySet(): KeySet {
  let capacity = 1 << 12;
  let hashes = new Float64Array(capacity);
  let values = new Int32Array(capacity);
  let size = 0;

  function placeOf(hash: number): number {
    let place = hash % capacity;
    while (hashes[place] !== 0 && hashes[place] !== hash) place = (place + 1) % capacity;
    return place;
  }
  function grow(): void {
    const [oldHashes, oldValues] = [hashes, values];
    capacity *= 2;
    hashes = new Float64Array(capacity);
    values = new Int32Array(capacity);
    oldHashes.forEach((hash, at) => {
      if (hash === 0) return;
      const place = placeOf(hash);
      hashes[place] = hash;
      values[place] = oldValues[at] as number;
    });
  }

  return {
    get(key) {
      const place = placeOf(hashOf(key));
      return hashes[place] === 0 ? undefined : values[place];
    },
    add(key, value) {
      if (size * 2 >= capacity) grow();
      const hash = hashOf(key);
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
