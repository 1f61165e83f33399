import { differenceInCalendarDays, format } from "date-fns";
import { clock } from "../../../shared/time/clock.ts";

/** Times as the desk says them, in the zone of this machine. `now` is given, so that tests can step it. */

/** "14:21". */
export function clockTime(at: Date): string {
  return format(at, "HH:mm");
}

/** "14:21:58", where seconds say something. */
export function clockTimeExact(at: Date): string {
  return format(at, "HH:mm:ss");
}

/** "Today", "Tomorrow", "Yesterday", "Fri" within the week ahead, "Tue 24" within the month, "18 Dec", "1 Mar 2027". */
export function dayName(day: Date, now: Date): string {
  const days = differenceInCalendarDays(day, now);
  if (days === 0) return "Today";
  if (days === 1) return "Tomorrow";
  if (days === -1) return "Yesterday";
  if (days > 1 && days < 7) return format(day, "EEE");
  if (days >= 7 && days < 21) return format(day, "EEE d");
  return shortDate(day, now);
}

/** The same behind other words: "today", "yesterday", "16 Nov". */
export function dayInWords(day: Date, now: Date): string {
  const name = dayName(day, now);
  return Math.abs(differenceInCalendarDays(day, now)) <= 1 ? name.toLowerCase() : name;
}

/** "Today", "Yesterday", "Monday 16 Nov": the head of a group of a timeline or list. */
export function dayHeading(day: Date, now: Date): string {
  const days = differenceInCalendarDays(day, now);
  if (Math.abs(days) <= 1) return dayName(day, now);
  return day.getFullYear() === now.getFullYear() ? format(day, "EEEE d MMM") : format(day, "EEEE d MMM yyyy");
}

/** "18 Dec", or "1 Mar 2027" in another year. */
export function shortDate(day: Date, now: Date): string {
  return format(day, day.getFullYear() === now.getFullYear() ? "d MMM" : "d MMM yyyy");
}

/** "Today 14:30", "Fri 12:00"; an all-day time is its day alone. */
export function dayAndTime(at: Date, now: Date, allDay = false): string {
  return allDay ? dayName(at, now) : `${dayName(at, now)} ${clockTime(at)}`;
}

/** The same as a part of a sentence: "today 14:30", "19 Jun 2025 14:00". */
export function dayAndTimeInWords(at: Date, now: Date): string {
  return dayAndTime(at, now).replace(/^(?:Today|Tomorrow|Yesterday)/u, (day) => day.toLowerCase());
}

/** "Today 09:41:07": a moment of a log. */
export function dayAndTimeExact(at: Date, now: Date): string {
  return `${dayName(at, now)} ${clockTimeExact(at)}`;
}

/** How long ago, for lists: "now", "8 min", "2 h", "Yesterday", "6 d", then the date. */
export function ago(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  const days = differenceInCalendarDays(now, at);
  if (days === 0) return `${Math.floor(minutes / 60)} h`;
  if (days === 1) return "Yesterday";
  return days < 30 ? `${days} d` : shortDate(at, now);
}

/** How long ago, as part of a sentence: "12 s ago", "8 min ago", "2 h ago", "yesterday", "on 3 Nov". */
export function agoInWords(at: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const short = ago(at, now);
  if (short === "Yesterday") return "yesterday";
  return /^\d+ (min|h|d)$/u.test(short) ? `${short} ago` : `on ${short}`;
}

/** "7:48", "1:02:09". @param seconds whole or not */
export function formatDuration(seconds: number): string {
  return clock(Math.floor(seconds) * 1000);
}

/** "about 2 min left": what remains of long work; null while nothing can be said. */
export function timeLeft(leftMs: number | null): string | null {
  if (leftMs === null) return null;
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds <= 1) return "about 1 s left";
  if (seconds < 60) return `about ${seconds < 10 ? seconds : Math.round(seconds / 5) * 5} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}
