import { parse, protocol, type messages, type PGlite, type Results } from "@electric-sql/pglite";

const { serialize } = protocol;

/** Each keeps its plan in the database's memory, some 30 kB. */
const mostKnown = 200;
/** Of one plan. The first time may have been slow for another reason, and would excuse a bad plan for ever. */
const mostUses = 1_000;

/** A statement that the database has read. */
type Prepared = {
  /** By which the database knows it; "" = until it reads the next one. */
  name: string;
  /** By position, as PostgreSQL numbers types. */
  parameterTypes: readonly number[];
  /** What its rows consist of; nothing where it answers none. */
  columns: readonly messages.BackendMessage[];
  /** What it took with all of its reading and planning. */
  freshMs: number;
  uses: number;
};

export type RunQuery = (
  text: string,
  values?: readonly unknown[],
  options?: { rowMode?: "array" | "object" },
) => Promise<Results>;

/**
 * Runs statements as PGlite's `query` does, and has the database keep what it has read and planned of those that come
 * again: that is most of what a small statement costs.
 *
 * A plan that is kept knows neither this time's values nor how tables have grown. So one that takes longer than it took
 * with its planning is given up, and made anew, as is each after a thousand uses: no plan costs more than that for long
 * (docs/decisions/0036).
 * @param now ms
 */
export function createPrepared(pglite: PGlite, now = () => performance.now()): RunQuery {
  /** By text, longest unused first; null = it has come once. */
  const known = new Map<string, Prepared | null>();
  /** Names that the database has still to be told to forget. */
  let forgotten: string[] = [];
  let named = 0;

  const send = (...parts: readonly Uint8Array[]) =>
    pglite.execProtocolStream(join(parts), { syncToFs: false });

  async function prepare(text: string): Promise<Prepared> {
    const name = known.has(text) ? `ringside_${(named += 1)}` : "";
    const closing = forgotten.map((one) => serialize.close({ type: "S", name: one }));
    forgotten = [];
    const read = [serialize.parse({ name, text }), serialize.describe({ type: "S", name })];
    const told = await send(...closing, ...read);
    const columns = told.filter((message) => message.name === "rowDescription");
    const prepared = { name, parameterTypes: parse.parseDescribeStatementResults(told), columns, freshMs: Infinity, uses: 0 }; // prettier-ignore
    keep(text, prepared);
    return prepared;
  }

  function keep(text: string, prepared: Prepared): void {
    known.delete(text);
    known.set(text, prepared.name === "" ? null : prepared);
    const [longestUnused] = known.keys();
    if (known.size > mostKnown && longestUnused !== undefined) forget(longestUnused);
  }

  function forget(text: string): void {
    const name = known.get(text)?.name;
    if (name !== undefined) forgotten.push(name);
    known.delete(text);
  }

  async function run(text: string, values: readonly unknown[]): Promise<messages.BackendMessage[]> {
    const beganMs = now();
    const kept = known.get(text) ?? null;
    try {
      const prepared = kept ?? (await prepare(text));
      const { name, parameterTypes, columns } = prepared;
      const given = values.map((value, at) => asText(value, pglite.serializers[parameterTypes[at] ?? 0]));
      const told = await send(serialize.bind({ statement: name, values: given }), serialize.execute());
      const tookMs = now() - beganMs;
      prepared.uses += 1;
      if (kept === null) prepared.freshMs = tookMs;
      else if (tookMs > kept.freshMs || kept.uses >= mostUses) giveUp(text);
      else keep(text, kept);
      return [...columns, ...told];
    } catch (error) {
      // Tables may have changed under it.
      if (known.get(text)) giveUp(text);
      throw error;
    } finally {
      // By itself: after a PANIC there is no next message (embedded.ts).
      await send(serialize.sync());
    }
  }

  /** It is read and planned anew the next time that it comes. */
  function giveUp(text: string): void {
    forget(text);
    known.set(text, null);
  }

  return (text, values = [], options) =>
    pglite.runExclusive(async () => {
      const [result] = parse.parseResults(await run(text, values), pglite.parsers, options);
      if (result === undefined) throw new Error("a statement without a result");
      return result;
    });
}

function asText(value: unknown, serialise: ((value: unknown) => string) | undefined): string | null {
  if (value === null || value === undefined) return null;
  return serialise ? serialise(value) : String(value);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
