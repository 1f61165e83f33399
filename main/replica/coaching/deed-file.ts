import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../session/json-file.ts";
import type { Deed } from "./coach-machine.ts";

const atMs = z.number();
const CalledFor = z.object({ phrase: z.string(), saidAtMs: atMs });
const KeptDeed = z.discriminatedUnion("do", [
  z.object({ do: z.literal("tick"), item: z.string(), done: z.boolean(), atMs }),
  z.object({ do: z.literal("dismiss"), card: z.string(), atMs }),
  z.object({
    do: z.literal("see"),
    card: z.string(),
    shownAtMs: atMs,
    atMs,
    calledFor: CalledFor.optional(),
  }),
  z.object({ do: z.literal("judge"), card: z.string(), useful: z.boolean(), atMs }),
  z.object({ do: z.literal("snooze"), untilMs: z.number(), atMs }),
]);
/** By call, the newest last. */
const Kept = z.array(z.object({ callId: z.string(), deeds: z.array(KeptDeed) }));

export type DeedFile = {
  of(callId: string): Promise<readonly Deed[]>;
  keep(callId: string, deed: Deed): Promise<void>;
};

/** More calls than that nobody has up at once. */
const mostCalls = 5;

/** What the agent did in the calls that are up, in a small file: a replica that starts again in mid-call knows it. */
export function openDeedFile(path: string): DeedFile {
  let writing: Promise<unknown> = Promise.resolve();
  const read = async () => (await readJsonFile(path, Kept)) ?? [];

  async function add(callId: string, deed: Deed): Promise<void> {
    const kept = await read();
    const deeds = [...(kept.find((one) => one.callId === callId)?.deeds ?? []), deed];
    const others = kept.filter((one) => one.callId !== callId).slice(1 - mostCalls);
    await writeJsonFile(path, [...others, { callId, deeds }] satisfies z.infer<typeof Kept>);
  }

  return {
    async of(callId) {
      await writing;
      return (await read()).find((one) => one.callId === callId)?.deeds ?? [];
    },
    keep(callId, deed) {
      const done = writing.then(() => add(callId, deed));
      // One that could not be kept must not keep the next from trying.
      writing = done.catch(() => {});
      return done;
    },
  };
}
