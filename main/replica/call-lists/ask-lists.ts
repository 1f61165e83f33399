import type { z } from "zod";
import {
  AddedEntries,
  CallListStates,
  NextAnswer,
  outboundPaths,
  RemovedEntries,
  type AddEntries,
  type EntryMove,
} from "../../../shared/calls/outbound/wire.ts";
import { Anything, type AskTelephony, type FromServer } from "../phone/ask-telephony.ts";

/** What a desk asks the server about call lists. */
export type CallLists = {
  read(): Promise<FromServer<CallListStates>>;
  next(list: string | null): Promise<FromServer<NextAnswer>>;
  move(entryId: string, move: EntryMove): Promise<FromServer<Record<string, never>>>;
  add(list: string, entries: z.input<typeof AddEntries>): Promise<FromServer<AddedEntries>>;
  remove(list: string, leadIds: readonly string[]): Promise<FromServer<z.output<typeof RemovedEntries>>>;
};

export function createCallLists(ask: AskTelephony): CallLists {
  return {
    read: () => ask("GET", outboundPaths.lists, undefined, CallListStates),
    next: (list) => ask("POST", outboundPaths.next, { list }, NextAnswer),
    move: (entryId, move) => ask("POST", outboundPaths.entry(entryId), move, Anything),
    add: (list, entries) => ask("POST", outboundPaths.entries(list), entries, AddedEntries),
    remove: (list, leadIds) => ask("POST", outboundPaths.remove(list), { leadIds }, RemovedEntries),
  };
}
