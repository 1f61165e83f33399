import { longestNumber, packNumber } from "./pack-number.ts";

/** Told of what JSON.stringify would leave out or change, and of text that PostgreSQL refuses. */
export class NotPlainJson extends Error {}

export type PackDocument = (document: object) => Uint8Array;

/**
 * Makes a packer of documents into the very bytes in which PostgreSQL keeps a jsonb, without the varlena header.
 * `::jsonb` of a bytea then only copies them: reading JSON text was a third of what a first sync spends in the
 * database. The layout is jsonb.h's; pg_upgrade needs it to stay, and pack-jsonb.test.ts compares it byte by byte.
 *
 * A container is a word with its count and kind, a word for each child (its type, and its length or where it ends),
 * then the children; an object's children are all keys, then all values. Numbers and containers begin at multiples
 * of four. Keys are ordered by length, then by byte.
 * @param without keys of the document itself that are left out
 * @throws {NotPlainJson} from the packer
 */
export function createPacker(without: ReadonlySet<string> = new Set()): PackDocument {
  const scratch = createScratch();
  const outer = createShapes(without);
  const inner = createShapes(new Set());

  function packObject(value: Record<string, unknown>, shapes: Shapes): void {
    if (typeof value.toJSON === "function") throw new NotPlainJson("a value that is not data");
    const { keys, head } = shapes(value);
    const words = scratch.at + 4;
    scratch.put(head);
    const base = words + 8 * keys.length;
    for (let at = 0; at < keys.length; at += 1) {
      packChild(value[keys[at] as string], words, keys.length + at, base);
    }
  }

  function packArray(values: readonly unknown[]): void {
    const words = scratch.at + 4;
    const base = words + 4 * values.length;
    scratch.skip(base - scratch.at);
    scratch.word(words - 4, arrayKind | values.length);
    for (let at = 0; at < values.length; at += 1) packChild(values[at], words, at, base);
  }

  /** Writes a value, then its word. `index`: its place among the container's children. */
  function packChild(value: unknown, words: number, index: number, base: number): void {
    const from = scratch.at;
    const type = packValue(value);
    scratch.word(words + 4 * index, childWord(index, type, scratch.at - from, scratch.at - base));
  }

  /** @returns the type, as a child's word has it */
  function packValue(value: unknown): number {
    if (typeof value === "string") return scratch.text(value);
    if (typeof value === "boolean") return value ? trueType : falseType;
    if (value === null) return nullType;
    if (typeof value === "number") return packNumeric(value);
    if (typeof value !== "object") throw new NotPlainJson(`a value of type ${typeof value}`);
    scratch.align();
    if (Array.isArray(value)) packArray(value);
    else packObject(value as Record<string, unknown>, inner);
    return containerType;
  }

  function packNumeric(value: number): number {
    if (!Number.isFinite(value)) return nullType;
    scratch.align();
    scratch.number(value);
    return numericType;
  }

  return (document) => {
    scratch.at = 0;
    packObject(document as Record<string, unknown>, outer);
    return scratch.copy();
  };
}

const arrayKind = 0x40000000;
const objectKind = 0x20000000;
const textType = 0x00000000;
const numericType = 0x10000000;
const falseType = 0x20000000;
const trueType = 0x30000000;
const nullType = 0x40000000;
const containerType = 0x50000000;
const hasEnd = 0x80000000;
/** Every so many children a word has the end instead of the length, so that looking one up adds few lengths. */
const endEvery = 32;

function childWord(index: number, type: number, length: number, end: number): number {
  return index % endEvery === 0 ? type | end | hasEnd : type | length;
}

/** What all objects with the same keys have in common: the keys in jsonb's order, and all that precedes the values. */
type Shape = { given: readonly string[]; keys: readonly string[]; head: Uint8Array };
type Shapes = (value: object) => Shape;

/** Shapes by their keys, one after another: a tenant's custom fields come in hundreds of combinations. */
type ShapeTree = { shape: Shape | null; further: Map<string, ShapeTree> };

/** Beyond this all are made anew: somebody's keys are data, and would be kept for ever. */
const mostShapes = 2_000;

function createShapes(without: ReadonlySet<string>): Shapes {
  let tree: ShapeTree = { shape: null, further: new Map() };
  let made = 0;
  let last: Shape = makeShape([], without);

  function find(given: readonly string[]): Shape {
    let node = tree;
    for (const key of given) {
      let next = node.further.get(key);
      if (!next) node.further.set(key, (next = { shape: null, further: new Map() }));
      node = next;
    }
    if (node.shape) return node.shape;
    made += 1;
    const shape = (node.shape = makeShape(given, without));
    if (made % mostShapes === 0) tree = { shape: null, further: new Map() };
    return shape;
  }

  return (value) => {
    const given = Object.keys(value);
    if (!sameKeys(last.given, given)) last = find(given);
    return last;
  };
}

function sameKeys(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false;
  return true;
}

function makeShape(given: readonly string[], without: ReadonlySet<string>): Shape {
  const keys = given
    .filter((key) => !without.has(key))
    .map((key) => ({ key, bytes: Buffer.from(checkText(key)) }))
    .sort((a, b) => a.bytes.length - b.bytes.length || a.bytes.compare(b.bytes));
  const words = Buffer.alloc(4 + 8 * keys.length);
  words.writeUInt32LE(objectKind | keys.length);
  let end = 0;
  for (const [index, { bytes }] of keys.entries()) {
    end += bytes.length;
    words.writeUInt32LE(childWord(index, textType, bytes.length, end) >>> 0, 4 + 4 * index);
  }
  const head = Buffer.concat([words, ...keys.map(({ bytes }) => bytes)]);
  return { given, keys: keys.map(({ key }) => key), head };
}

function checkText(text: string): string {
  if (!text.isWellFormed() || text.includes("\0")) throw new NotPlainJson("text that PostgreSQL refuses");
  return text;
}

/** Shorter texts are copied here, letter by letter, faster than a call into Node's encoder begins. */
const shortText = 40;

/** A buffer that grows and is used again for each document. */
function createScratch() {
  let bytes = Buffer.allocUnsafe(16_384);
  let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

  function reserve(more: number): void {
    if (scratch.at + more <= bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (scratch.at + more));
    larger.set(bytes.subarray(0, scratch.at));
    bytes = larger;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  function letters(value: string): boolean {
    const { at } = scratch;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code === 0 || code > 0x7f) return false;
      bytes[at + index] = code;
    }
    scratch.at = at + value.length;
    return true;
  }

  const scratch = {
    at: 0,
    put(part: Uint8Array): void {
      reserve(part.length);
      bytes.set(part, scratch.at);
      scratch.at += part.length;
    },
    skip(length: number): void {
      reserve(length);
      scratch.at += length;
    },
    word(at: number, value: number): void {
      view.setUint32(at, value, true);
    },
    align(): void {
      reserve(4);
      while (scratch.at % 4 !== 0) bytes[scratch.at++] = 0;
    },
    text(value: string): number {
      reserve(3 * value.length);
      if (value.length > shortText || !letters(value))
        scratch.at += bytes.write(checkText(value), scratch.at);
      return textType;
    },
    number(value: number): void {
      reserve(longestNumber);
      scratch.at = packNumber(view, scratch.at, value);
    },
    copy: (): Uint8Array => Buffer.from(bytes.subarray(0, scratch.at)),
  };
  return scratch;
}
