import { useState } from "react";
import { createScreenState } from "../../client/index.ts";

export interface TaskDraft {
  text: string;
  leadId: string | null;
  dealId: string | null;
  assigneeId: string | null;
}

const drafts = createScreenState<Record<string, TaskDraft>>(() => ({}));

/**
 * A new task that is half written: it stays while one looks at somebody else and comes back.
 * @param about the lead or deal that its line stands at; null: it stands at none, and is gone with its line
 */
export function useTaskDraft(about: string | null, start: TaskDraft): [TaskDraft, (next: TaskDraft) => void] {
  const [draft, setDraft] = useState(() => (about === null ? start : (drafts.getState()[about] ?? start)));
  const change = (next: TaskDraft) => {
    setDraft(next);
    if (about === null) return;
    const { [about]: _before, ...others } = drafts.getState();
    drafts.setState(next.text === "" ? others : { ...others, [about]: next }, true);
  };
  return [draft, change];
}
