/** For each term, the numbers that were added to it, in order. One growing pool instead of an array a term. */
export type Postings = {
  add(term: number, value: number): void;
  each(term: number, take: (value: number) => void): void;
  bytes(): number;
};

// A block in the pool: [place of the next block or 0, room, values …]. Blocks of a term double up to this room.
const largestRoom = 256;

export function createPostings(): Postings {
  let pool = new Int32Array(1 << 16);
  let poolEnd = 1; // 0 means "no block"
  let firstBlock = new Int32Array(4096);
  let lastBlock = new Int32Array(4096);
  let filled = new Uint16Array(4096);

  function newBlock(room: number): number {
    if (poolEnd + room + 2 > pool.length) {
      const larger = new Int32Array(Math.ceil(pool.length * 1.5) + room);
      larger.set(pool);
      pool = larger;
    }
    const block = poolEnd;
    pool[block + 1] = room;
    poolEnd += room + 2;
    return block;
  }
  function makeRoomFor(term: number): void {
    if (term < firstBlock.length) return;
    const size = Math.max(term + 1, firstBlock.length * 2);
    firstBlock = copyInto(new Int32Array(size), firstBlock);
    lastBlock = copyInto(new Int32Array(size), lastBlock);
    filled = copyInto(new Uint16Array(size), filled);
  }

  return {
    add(term, value) {
      makeRoomFor(term);
      let block = lastBlock[term] as number;
      const room = block === 0 ? 0 : (pool[block + 1] as number);
      if (block === 0 || filled[term] === room) {
        const next = newBlock(block === 0 ? 2 : Math.min(room * 2, largestRoom));
        if (block === 0) firstBlock[term] = next;
        else pool[block] = next;
        lastBlock[term] = block = next;
        filled[term] = 0;
      }
      pool[block + 2 + (filled[term] as number)] = value;
      filled[term] = (filled[term] as number) + 1;
    },
    each(term, take) {
      const end = lastBlock[term] ?? 0;
      for (let block = firstBlock[term] ?? 0; block !== 0; block = pool[block] as number) {
        const count = block === end ? (filled[term] as number) : (pool[block + 1] as number);
        for (let at = 0; at < count; at += 1) take(pool[block + 2 + at] as number);
      }
    },
    bytes: () => pool.byteLength + firstBlock.byteLength * 2 + filled.byteLength,
  };
}

function copyInto<T extends Int32Array | Uint16Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
