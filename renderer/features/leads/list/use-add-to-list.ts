import type { SettingOf } from "../../../../shared/entities/setting.ts";
import { addToCallList, undoAddToCallList } from "../../../../shared/rpc/contract/call-lists.ts";
import { belongsTo } from "../../../../shared/calls/members.ts";
import type { AddRefusal } from "../../../../shared/calls/outbound/wire.ts";
import { useClient, type Directory } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";
import { countOf, formatCount } from "../../../ui/format/numbers.ts";
import { selectionOf } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { selectionInput } from "./use-bulk-edits.ts";

type CallList = SettingOf<"call-list">;

export interface ListAdding {
  lists: readonly CallList[];
  add: (key: string) => Promise<void>;
}

const usualPriority = 5;

/** Adds everything that is selected to a call list; taken back like an edit. */
export function useAddToList({ directory, query, fitKey, me }: LeadListModel): ListAdding {
  const client = useClient();
  const toast = useToast();
  const lists = listsOf(directory, me.userId);
  const trouble = (text: string) => toast({ text, trouble: true });

  const takeBack = async (addedId: string) => {
    const undone = await client.call(undoAddToCallList, { addedId });
    if (!undone.ok) trouble(undone.error.message);
    else if (!undone.value.ok) trouble(undone.value.error.message);
  };
  const add = async (key: string) => {
    const selection = selectionInput(selectionOf(fitKey), query);
    const answer = await client.call(addToCallList, {
      ...{ selection, list: key, priority: usualPriority, scheduledAt: null },
    });
    if (!answer.ok) return trouble(answer.error.message);
    if (!answer.value.ok) return trouble(answer.value.error.message);
    const { addedId, ...sums } = answer.value.value;
    const label = lists.find((list) => list.key === key)?.label ?? key;
    const text = addedWords(sums, label, directory);
    toast(sums.added > 0 ? { text, undo: () => void takeBack(addedId) } : { text });
  };
  return { lists, add };
}

/** The lists that somebody works; managers and admins fill every one. */
function listsOf({ people, callLists }: Directory, userId: string): CallList[] {
  const me = people.find((person) => person.userId === userId);
  if (!me) return [];
  if (me.role !== "agent") return callLists;
  return callLists.filter((list) => belongsTo(list, me));
}

type Sums = { added: number; already: number; refused: Partial<Record<AddRefusal, number>> };

/** "3 leads added to “Spring call-backs”. 1 was in it already, 2 have no number." */
export function addedWords(
  { added, already, refused }: Sums,
  list: string,
  { term }: Pick<Directory, "term">,
): string {
  const left = [
    already > 0 && `${formatCount(already)} ${already === 1 ? "was" : "were"} in it already`,
    ...Object.entries(refusals).map(([why, words]) => {
      const count = refused[why as AddRefusal] ?? 0;
      return count > 0 && `${formatCount(count)} ${count === 1 ? words.one : words.many}`;
    }),
  ].filter(Boolean);
  const head = `${countOf(added, term("lead"), term("leads"))} added to “${list}”.`;
  return left.length > 0 ? `${head} ${left.join(", ")}.` : head;
}

const refusals: Record<AddRefusal, { one: string; many: string }> = {
  "no-number": { one: "has no number", many: "have no number" },
  "do-not-call": { one: "must not be called", many: "must not be called" },
  "not-found": { one: "is not on the server yet", many: "are not on the server yet" },
};
