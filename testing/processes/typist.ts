import { newRecordId } from "../../shared/entities/id.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { createRecord, editRecords } from "../../shared/rpc/contract/records.ts";
import type { Dice } from "../simulation/random.ts";

/** A value that stands nowhere else in the world, and whether the desk said that it is kept. */
export type Typed = {
  collection: "leads" | "calls";
  id: string;
  field: "name" | "title" | "notes";
  token: string;
  desk: string;
  promised: boolean;
};

/** Answers that a killed process may give; what became of the edit is then not known. */
const unsure = new Set(["cancelled", "busy", "signed-out", "offline"]);

export type TypistOptions = {
  desk: string;
  /** The window of this moment; null while there is none. */
  window: () => Client | null;
  dice: Dice;
  /** Leads that others type on too. */
  shared: readonly string[];
  /** Calls in whose notes others write too. */
  sharedCalls?: readonly string[];
  pauseMs: number;
};

/** Somebody who makes leads and types on them, and in the notes of calls, until told to stop, one thing after the other. */
export function startTypist({ desk, window, dice, shared, sharedCalls = [], pauseMs }: TypistOptions) {
  const typed: Typed[] = [];
  const unexpected: string[] = [];
  const own: string[] = [];
  let made = 0;
  let going = true;
  const finished = work();

  async function work(): Promise<void> {
    while (going) {
      const client = window();
      if (client) await (dice.chance(0.2) || own.length === 0 ? create(client) : edit(client));
      await new Promise((resolve) => setTimeout(resolve, client ? pauseMs : 50));
    }
  }

  async function create(client: Client): Promise<void> {
    const id = newRecordId();
    const token = nextToken();
    const fields = { name: token };
    const answer = await client.call(createRecord, { collection: "leads", id, fields, label: "Typed" });
    note({ collection: "leads", id, field: "name", token, desk, promised: answer.ok }, answer);
    if (answer.ok) own.push(id);
  }

  async function edit(client: Client): Promise<void> {
    const isOfCall = sharedCalls.length > 0 && dice.chance(0.3);
    const collection = isOfCall ? "calls" : "leads";
    const id = dice.pick(isOfCall ? sharedCalls : dice.chance(0.5) ? shared : own);
    const field = isOfCall ? "notes" : dice.pick(["title", "notes"] as const);
    const token = nextToken();
    const edits = [{ collection, id, set: { [field]: token } }];
    const answer = await client.call(editRecords, { edits: edits as never, label: "Typed" });
    note({ collection, id, field, token, desk, promised: answer.ok }, answer);
  }

  function note(
    entry: Typed,
    answer: { ok: true } | { ok: false; error: { code: string; message: string } },
  ) {
    typed.push(entry);
    if (!answer.ok && !unsure.has(answer.error.code)) {
      unexpected.push(`${answer.error.code}: ${answer.error.message}`);
    }
  }

  function nextToken(): string {
    return `${desk}-${(made += 1)}z`;
  }

  return {
    typed,
    unexpected,
    promised: () => typed.filter(({ promised }) => promised).length,
    async stop(): Promise<void> {
      going = false;
      await finished;
    },
  };
}
