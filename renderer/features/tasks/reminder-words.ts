import type { PayloadOf } from "../../../shared/rpc/define.ts";
import type { taskDue } from "../../../shared/rpc/contract/work.ts";
import { clockTime, dayAndTime } from "../../ui/format/times.ts";

/** "14:30 Call back, Wei Chen": when, what, about whom. */
export function reminderWords(due: PayloadOf<typeof taskDue>, now: Date): string {
  const at = due.dueAt ? new Date(due.dueAt) : null;
  const when = at && (at.toDateString() === now.toDateString() ? clockTime(at) : dayAndTime(at, now));
  const about = due.leadName ? `, ${due.leadName}` : "";
  return `${when ? `${when} ` : ""}${due.title}${about}`;
}
