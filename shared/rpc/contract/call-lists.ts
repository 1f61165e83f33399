import { z } from "zod";
import { DiallerCommand, DiallerState } from "../../calls/outbound/dialler.ts";
import { AddEntries, AddRefusal, CallListStates, ListKey } from "../../calls/outbound/wire.ts";
import { command, query } from "../define.ts";
import { bulkEditLeads } from "./leads.ts";
import { fromServer } from "./phone.ts";

/** How far this agent is with a list. */
export const diallerState = query("callLists.dialler", { input: z.object({}), output: DiallerState });
export const doOnDialler = command("callLists.do", { input: DiallerCommand, output: z.object({}) });
/** The lists that this person works, with counts; asked of the server. */
export const readCallLists = command("callLists.read", {
  input: z.object({}),
  output: fromServer(CallListStates),
});
/** Adds a selection of leads to a list. `addedId` takes it back. */
export const addToCallList = command("callLists.add", {
  input: z.object({
    selection: bulkEditLeads.input.shape.selection,
    list: ListKey,
    priority: AddEntries.shape.priority,
    scheduledAt: AddEntries.shape.scheduledAt,
  }),
  output: fromServer(
    z.object({
      addedId: z.string(),
      added: z.int(),
      already: z.int(),
      refused: z.partialRecord(AddRefusal, z.int()),
    }),
  ),
});
export const undoAddToCallList = command("callLists.undoAdd", {
  input: z.object({ addedId: z.string().max(64) }),
  output: fromServer(z.object({ removed: z.int() })),
});

export const callListsContract = {
  diallerState,
  doOnDialler,
  readCallLists,
  addToCallList,
  undoAddToCallList,
};
