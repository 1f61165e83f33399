import { addDays, startOfDay } from "date-fns";
import type { TaskPriority } from "../../../shared/entities/task.ts";
import { parseDue, splitDue, type Due } from "./due-text.ts";
import { parseRepeat, ruleOf, type Weekday, weekdays } from "./recurrence.ts";

/** One typed line as a task: "Call Maria !high tomorrow 10:30", "Team call every mon". */
export type TaskLine = {
  title: string;
  due: Due | null;
  priority: TaskPriority;
  /** RRULE, or empty. */
  recurrence: string;
};

const priorities: Record<string, TaskPriority> = {
  "!": "high",
  "!!": "urgent",
  "!low": "low",
  "!high": "high",
  "!urgent": "urgent",
};

export function parseTaskLine(line: string, now: Date): TaskLine {
  const { rest, priority } = takePriority(line);
  const repeat = takeRepeat(rest, now);
  if (repeat) return { ...repeat, priority };
  const { title, due } = splitDue(rest, now);
  return { title, due, priority, recurrence: "" };
}

function takePriority(line: string): { rest: string; priority: TaskPriority } {
  const words = line.trim().split(/\s+/u);
  const index = words.findIndex((word) => word.toLowerCase() in priorities);
  const found = index < 0 ? undefined : priorities[words[index]?.toLowerCase() ?? ""];
  if (!found) return { rest: line.trim(), priority: "normal" };
  return { rest: words.filter((_, at) => at !== index).join(" "), priority: found };
}

/** "… every mon 10:00": the first time is the next of its days. */
function takeRepeat(line: string, now: Date): Omit<TaskLine, "priority"> | null {
  const match =
    /^(?<title>.+?) (?<every>every .+?)(?: (?:at )?(?<time>\d{1,2}[:.]\d\d(?:\s?[ap]m)?|\d{1,2}\s?[ap]m))?$/iu.exec(
      line,
    );
  const { title = "", every = "", time } = match?.groups ?? {};
  const repeat = parseRepeat(every);
  if (!repeat) return null;
  const day = firstDay(repeat.weekdays, now);
  const timed = time ? parseDue(time, startOfDay(day)) : null;
  return { title, due: timed ?? { at: day, allDay: true }, recurrence: ruleOf(repeat) };
}

function firstDay(days: readonly Weekday[], now: Date): Date {
  const today = startOfDay(now);
  if (days.length === 0) return today;
  const ahead = [0, 1, 2, 3, 4, 5, 6].find((offset) => {
    const weekday = weekdays[(today.getDay() + 6 + offset) % 7];
    return weekday !== undefined && days.includes(weekday);
  });
  return addDays(today, ahead ?? 0);
}
