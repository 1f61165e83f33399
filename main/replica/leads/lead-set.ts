/** Which leads pass a filter, one bit each, with their number. */
export type LeadSet = {
  count(): number;
  has(row: number): boolean;
  put(row: number, member: boolean): void;
};

export function createLeadSet(): LeadSet {
  let bits = new Uint32Array(1024);
  let count = 0;
  const has = (row: number) => (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
  return {
    count: () => count,
    has,
    put(row, member) {
      if (has(row) === member) return;
      while (row >>> 5 >= bits.length) bits = doubled(bits);
      bits[row >>> 5] = (bits[row >>> 5] ?? 0) ^ (1 << (row & 31));
      count += member ? 1 : -1;
    },
  };
}

function doubled(bits: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(bits.length * 2);
  larger.set(bits);
  return larger;
}
