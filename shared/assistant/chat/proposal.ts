import { z } from "zod";
import { line } from "../../entities/fields.ts";
import { dayOf } from "../../time/zone.ts";
import { daysBetween } from "../writing/words.ts";

/**
 * Everything that the assistant may propose to do: a list, so that nothing else can be done by words, whoever said
 * them. None of it is done before the person has seen and confirmed it.
 */
export const Proposal = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("task"),
    title: line.min(1),
    dueInDays: z.int().min(0).max(365).nullable(),
    /** HH:MM of that day, by the clocks of whoever says yes; left out = the whole day. */
    at: z
      .string()
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u)
      .optional(),
    priority: z.enum(["low", "normal", "high", "urgent"]).default("normal"),
  }),
  z.strictObject({
    do: z.literal("ticket"),
    title: line.min(1),
    text: z.string().max(5_000).default(""),
    priority: z.enum(["low", "normal", "high", "urgent"]).default("normal"),
  }),
  z.strictObject({ do: z.literal("note"), text: z.string().min(1).max(5_000) }),
]);
export type Proposal = z.infer<typeof Proposal>;

/**
 * What is left of `dueInDays`, which counts from the day on which it was proposed: a talk is kept, and a yes may come
 * days later. What should be done by now is due today.
 * @param zone IANA
 */
export function daysLeft(
  dueInDays: number | null,
  { proposedAt, nowMs, zone }: { proposedAt: string; nowMs: number; zone: string },
): number | null {
  if (dueInDays === null) return null;
  return Math.max(0, dueInDays - daysBetween(dayOf(Date.parse(proposedAt), zone), dayOf(nowMs, zone)));
}

const fence = "```ringside";
/** A proposal stands at the end of an answer, in a block of its own. */
const whole = /\s*```ringside\s*\n([\s\S]*?)\n?```\s*$/u;

/**
 * What an answer says, and what it proposes. A block that is not on the list, or not of its form, proposes nothing; of
 * one that is still coming nothing is shown.
 */
export function splitAnswer(text: string): { prose: string; proposal: Proposal | null } {
  const found = whole.exec(text);
  if (!found) return { prose: withoutHalf(text), proposal: null };
  const proposal = Proposal.safeParse(parseJson(found[1] ?? ""));
  return { prose: text.slice(0, found.index).trimEnd(), proposal: proposal.success ? proposal.data : null };
}

export function joinAnswer(prose: string, proposal: Proposal | null): string {
  return proposal === null ? prose : `${prose}\n\n${fence}\n${JSON.stringify(proposal)}\n\`\`\``;
}

function withoutHalf(text: string): string {
  const at = text.lastIndexOf(fence);
  if (at !== -1) return text.slice(0, at).trimEnd();
  // The fence itself may be half there.
  const tail = /\n(`{1,3}[a-z]{0,8})$/u.exec(text);
  return tail && fence.startsWith(tail[1] ?? "") ? text.slice(0, tail.index).trimEnd() : text;
}

function parseJson(text: string): unknown {
  try {
    // A model may write null for the time that nobody named.
    return JSON.parse(text, (key, value: unknown) => (key === "at" && value === null ? undefined : value));
  } catch {
    return null;
  }
}
