import type { PayloadOf } from "../../../shared/rpc/define.ts";
import type { taskDue } from "../../../shared/rpc/contract/work.ts";
import { dueDate } from "../../ui/format/due.ts";
import { clockTime, dayAndTime } from "../../ui/format/times.ts";

/** "14:30 Call back, Wei Chen": when, what, about whom. */
export function reminderWords(due: PayloadOf<typeof taskDue>, now: Date): string {
  const when = due.dueAt ? `${whenDue({ ...due, dueAt: due.dueAt }, now)} ` : "";
  const about = due.leadName ? `, ${due.leadName}` : "";
  return `${when}${due.title}${about}`;
}

function whenDue(due: { dueAt: string; allDay: boolean }, now: Date): string {
  const at = dueDate(due);
  const timeIsEnough = !due.allDay && at.toDateString() === now.toDateString();
  return timeIsEnough ? clockTime(at) : dayAndTime(at, now, due.allDay);
}
