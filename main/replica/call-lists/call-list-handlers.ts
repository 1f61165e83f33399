import type { AddRefusal } from "../../../shared/calls/outbound/wire.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { ok } from "../../../shared/result/result.ts";
import type { addToCallList, callListsContract } from "../../../shared/rpc/contract/call-lists.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { FromServer } from "../phone/ask-telephony.ts";
import type { CallLists } from "./ask-lists.ts";
import { createDialler, type DiallerPorts } from "./dialler.ts";

type Wish = ParsedInputOf<typeof addToCallList>;

export type CallListPorts = Omit<DiallerPorts, "lists"> & {
  lists: CallLists;
  /** Every lead of a selection, as it is now. */
  selectedLeads: (selection: Wish["selection"]) => Promise<string[]>;
};

/** As many as the server takes at once. */
const atOnce = 1_000;
/** Additions that can be taken back. */
const mostUndone = 20;

type Added = { list: string; leadIds: RecordId[] };

/** Call lists as windows see them: the work through one, and adding to them. */
export function createCallListHandlers(ports: CallListPorts): {
  handlers: Handlers<typeof callListsContract>;
  close(): void;
} {
  const { lists, selectedLeads, newId } = ports;
  const dialler = createDialler(ports);
  const undoable = new Map<string, Added>();

  function keepForUndo(added: Added): string {
    const addedId = newId();
    undoable.set(addedId, added);
    for (const oldest of [...undoable.keys()].slice(0, -mostUndone)) undoable.delete(oldest);
    return addedId;
  }

  async function add(wish: Wish) {
    const added = await addAll(lists, wish, (await selectedLeads(wish.selection)) as RecordId[]);
    if (!added.ok) return added;
    const { leadIds, already, refused } = added.value;
    const addedId = keepForUndo({ list: wish.list, leadIds });
    return { ok: true as const, value: { addedId, added: leadIds.length, already, refused } };
  }

  async function undo(addedId: string): Promise<FromServer<{ removed: number }>> {
    const { list, leadIds } = undoable.get(addedId) ?? { list: "", leadIds: [] };
    let removed = 0;
    for (const some of inPieces(leadIds)) {
      const answer = await lists.remove(list, some);
      if (!answer.ok) return answer;
      removed += answer.value.removed.length;
    }
    undoable.delete(addedId);
    return { ok: true, value: { removed } };
  }

  return {
    handlers: {
      diallerState(_input, emit) {
        emit(dialler.state());
        return dialler.onState(emit);
      },
      doOnDialler: async (command) => {
        dialler.do(command);
        return ok({});
      },
      readCallLists: async () => ok(await lists.read()),
      addToCallList: async (wish) => ok(await add(wish)),
      undoAddToCallList: async ({ addedId }) => ok(await undo(addedId)),
    },
    close: () => dialler.close(),
  };
}

type Sum = { leadIds: RecordId[]; already: number; refused: Partial<Record<AddRefusal, number>> };

async function addAll(
  lists: CallLists,
  { list, priority, scheduledAt }: Wish,
  leadIds: readonly RecordId[],
): Promise<FromServer<Sum>> {
  const sum: Sum = { leadIds: [], already: 0, refused: {} };
  for (const some of inPieces(leadIds)) {
    const answer = await lists.add(list, { leadIds: some, priority, scheduledAt });
    if (!answer.ok) return answer;
    sum.leadIds.push(...answer.value.added);
    sum.already += answer.value.already.length;
    for (const { why } of answer.value.refused) sum.refused[why] = (sum.refused[why] ?? 0) + 1;
  }
  return { ok: true, value: sum };
}

function inPieces<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / atOnce);
  return Array.from({ length: count }, (_, index) => all.slice(index * atOnce, (index + 1) * atOnce));
}
