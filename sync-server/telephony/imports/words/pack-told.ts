import { setImmediate } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import type { ImportedUtterance } from "../imported-call.ts";
import type { Told } from "./told.ts";

/** As it goes between threads: what is unpacked at once takes some milliseconds at most. */
export type PackedTold = { rest: Told; pieces: Uint8Array[] };

const atOnce = 200;

export function packTold({ call, ...starts }: Told): PackedTold {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < call.utterances.length; from += atOnce)
    pieces.push(serialize(call.utterances.slice(from, from + atOnce)));
  return { rest: { call: { ...call, utterances: [] }, ...starts }, pieces };
}

/** Piece by piece, others in between. */
export async function unpackTold({ rest, pieces }: PackedTold): Promise<Told> {
  const utterances: ImportedUtterance[] = [];
  for (const piece of pieces) {
    utterances.push(...(deserialize(piece) as ImportedUtterance[]));
    await setImmediate();
  }
  return { ...rest, call: { ...rest.call, utterances } };
}
