import { useState } from "react";
import { placeOf, type Question } from "../../../../shared/assistant/question.ts";
import {
  changeDraft,
  drafts,
  startDraft,
  stopDraft,
  type Draft,
} from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { useToast } from "../../../ui/floating/toast.tsx";

export type Versions = {
  /** Null = nothing was written yet. */
  shown: Draft | null;
  /** Counts from 1; 0 = nothing was written yet. */
  number: number;
  count: number;
  show: (number: number) => void;
  write: (question: Question) => Promise<void>;
  stop: () => void;
  edit: (edited: string | null) => void;
};

/** The versions of one text: the newest, until the person goes back to another. */
export function useVersions(place: string): Versions {
  const answer = useLive(drafts, { place }).value?.drafts ?? [];
  // While the answer for another place is on its way, the last one stays: it must not pass for this one's.
  const all = answer.filter(({ question }) => placeOf(question) === place);
  const [chosenId, choose] = useState<string | null>(null);
  const start = useCommand(startDraft);
  const stop = useCommand(stopDraft);
  const change = useCommand(changeDraft);
  const toast = useToast();
  const at = all.findIndex(({ id }) => id === chosenId);
  const index = at === -1 ? all.length - 1 : at;
  const shown = all[index] ?? null;
  return {
    shown,
    number: index + 1,
    count: all.length,
    show: (number) => choose(all[number - 1]?.id ?? null),
    async write(question) {
      const begun = await start({ question });
      if (begun.ok) choose(null);
      else toast({ text: begun.error.message, trouble: true });
    },
    stop: () => shown && void stop({ id: shown.id }),
    edit: (edited) => shown && void change({ id: shown.id, edited }),
  };
}
