import type { Reads } from "../replica.ts";

/** Which calls have these digits in a row in one of their two numbers. */
export type CallNumbers = {
  /** @returns ids, in no order */
  find(digits: string): Promise<string[]>;
  /** Reads them, so that whoever looks for a number need not wait for it. */
  prepare(): void;
};

type Ends = { from: string; to: string };
type Row = { id: string } & Ends;

const pageSize = 2_000;

/**
 * The numbers of all calls in memory, kept up to date by every change: some 100 bytes a call. A part of a number, looked
 * for in the records, was to be read out of every one of them, and no index of the database finds it.
 */
export function createCallNumbers(reads: Pick<Reads, "sql" | "table" | "onChange">): CallNumbers {
  const digitsByCall = new Map<string, string>();
  /** Changed while they were read: what is read of them is older. */
  let changed: Set<string> | null = null;
  let reading: Promise<void> | null = null;

  reads.onChange(({ collection, records }) => {
    if (collection !== "calls" || reading === null) return;
    for (const { id, after } of records) {
      changed?.add(id);
      if (after) digitsByCall.set(id, digitsOf(after as unknown as Ends));
      else digitsByCall.delete(id);
    }
  });

  async function readAll(): Promise<void> {
    const since = (changed = new Set<string>());
    for (let last: string | undefined = ""; last !== undefined;) {
      const page: Row[] = await reads.sql<Row>(
        `select id, doc->>'from' as "from", doc->>'to' as "to" from ${reads.table("calls")}
         where not deleted and id > $1 order by id limit ${pageSize}`,
        [last],
      );
      for (const { id, ...ends } of page) if (!since.has(id)) digitsByCall.set(id, digitsOf(ends));
      last = page.length < pageSize ? undefined : page.at(-1)?.id;
    }
    changed = null;
  }

  /** Once; where it fails it is tried again by the next who asks. */
  function read(): Promise<void> {
    reading ??= readAll().catch((error: unknown) => {
      reading = null;
      digitsByCall.clear();
      throw error;
    });
    return reading;
  }

  return {
    async find(digits) {
      await read();
      const found: string[] = [];
      for (const [id, own] of digitsByCall) if (own.includes(digits)) found.push(id);
      return found;
    },
    prepare: () => void read().catch(() => {}),
  };
}

const fewestDigits = 3;

/** The digits of what looks like a number or a part of one, however it is spaced; null = it does not. */
export function numberIn(search: string): string | null {
  if (!/^[\s\d+()./-]+$/u.test(search)) return null;
  const digits = search.replaceAll(/\D/gu, "");
  return digits.length >= fewestDigits ? digits : null;
}

function digitsOf({ from, to }: Ends): string {
  return `${from} ${to}`.replaceAll(/[^\d ]/gu, "");
}
