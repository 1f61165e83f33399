import { z } from "zod";
import { metricNames } from "../../coaching/metrics/catalogue.ts";
import { moodClasses } from "../../coaching/text/mood.ts";
import { Utterance } from "../../coaching/utterance.ts";
import { Instant, line } from "../../entities/fields.ts";
import { RecordId, UserId } from "../../entities/id.ts";
import { CallReport, Comment } from "../../entities/insight.ts";
import { command, query } from "../define.ts";
import { Undoable } from "./records.ts";

const callMs = z.int().min(0);

/** What the call that is up on this device is coached by. Times in ms from the answer, which was at `answeredAt`. */
export const LiveCoaching = z.object({
  callId: RecordId,
  /** Who is talked to: the lead's name, else their number. */
  customer: line,
  answeredAt: Instant,
  /**
   * `silent`: no word has come yet; `unagreed`: none comes before their yes to the recording; `absent`: nobody writes
   * this call down, as the rules of the phone say or as it seems; `paused`: a transcript was there and waits for somebody
   * else's yes; `stopped`: it was there and came to an end before the call did.
   */
  transcript: z.enum(["silent", "unagreed", "absent", "heard", "paused", "stopped"]),
  /** With `absent` and `stopped`: why that is so, in a sentence; empty = it is not known. */
  why: line,
  metrics: z.partialRecord(z.enum(metricNames), z.number()),
  /** The customer's, by their words so far; null = they have said nothing. */
  mood: z.enum(moodClasses).nullable(),
  /** Null = no playbook is for this call. */
  playbook: z.object({ key: z.string(), version: z.int(), label: line }).nullable(),
  checklist: z.array(
    z.object({ key: z.string(), label: line, hint: line, doneAtMs: callMs.nullable(), byHand: z.boolean() }),
  ),
  /** At most one. It leaves by itself at `leavesAtMs`. */
  card: z
    .object({
      key: z.string(),
      title: line,
      lines: z.array(line),
      /** What was said that brought it up; empty = nothing that was said did. */
      phrase: line,
      shownAtMs: callMs,
      leavesAtMs: callMs,
      /** Who wrote the lines: the playbook, or a model that was asked with what was said. */
      wordedBy: z.enum(["playbook", "model"]),
      judged: z.boolean().nullable(),
    })
    .nullable(),
  /** What is over its limit now; `value` in ms, or words a minute. */
  alarm: z.object({ kind: z.enum(["monologue", "pace", "dead-air"]), value: z.number() }).nullable(),
  /** Nothing is shown until then. */
  snoozedUntil: Instant.nullable(),
});
export type LiveCoaching = z.infer<typeof LiveCoaching>;
/** A card while it is shown. */
export type LiveCard = NonNullable<LiveCoaching["card"]>;

/** Of the call that is up on this device; `call` null = none is. */
export const liveCoaching = query("coaching.live", {
  input: z.object({
    /** The window that asks is the overlay: for as long as it does, panels leave cards to it. */
    overlay: z.boolean().default(false),
  }),
  output: z.object({ call: LiveCoaching.nullable(), overlayShown: z.boolean() }),
});
const ShownUtterance = Utterance.pick({
  id: true,
  speaker: true,
  startMs: true,
  text: true,
  final: true,
}).extend({
  /** Who of us said it before the call was handed over; null = whoever has it now, or the customer. */
  formerId: UserId.nullable(),
});
export type ShownUtterance = z.infer<typeof ShownUtterance>;

/** What was said so far and what is being said, oldest first. */
export const callTranscript = query("coaching.transcript", {
  input: z.object({ callId: RecordId }),
  output: z.object({ utterances: z.array(ShownUtterance) }),
});
/** No cards and alarms for so long; 0 = from now on again. */
export const snoozeCoaching = command("coaching.snooze", {
  input: z.object({ callId: RecordId, forMs: z.int().min(0).max(3_600_000) }),
  output: z.object({}),
});
/** Whether the card that is shown helped. It is kept for the manager's view. */
export const judgeCard = command("coaching.judgeCard", {
  input: z.object({ callId: RecordId, card: z.string().max(60), useful: z.boolean() }),
  output: z.object({}),
});
/**
 * A window has painted the card that came up at `shownAtMs`: the person may have seen it. It is kept for the manager's
 * view, once however often it is told.
 */
export const cardShown = command("coaching.cardShown", {
  input: z.object({ callId: RecordId, card: z.string().max(60), shownAtMs: callMs }),
  output: z.object({}),
});
export const dismissCard = command("coaching.dismissCard", {
  input: z.object({ callId: RecordId, card: z.string().max(60) }),
  output: z.object({}),
});
/** Ticks or unticks an item by hand; what a person said stands against the rules. */
export const tickItem = command("coaching.tickItem", {
  input: z.object({ callId: RecordId, item: z.string().max(60), done: z.boolean() }),
  output: z.object({}),
});

/**
 * What a call came to. `madeBy` "desk": worked out here from the transcript that this device has, until the server's
 * comes; null while there is no transcript.
 */
export const callReport = query("coaching.report", {
  input: z.object({ callId: RecordId }),
  output: z.object({
    report: CallReport.nullable(),
    madeBy: z.enum(["server", "desk"]),
    /** Keys of actions that are tasks already. */
    accepted: z.array(z.string()),
    /** What people said of its moments, oldest first. */
    comments: z.array(Comment),
  }),
});
/** Makes the task `action:<callId>:<key>`; one that is there already stays as it is (`count` 0). */
export const acceptAction = command("coaching.acceptAction", {
  input: z.object({ callId: RecordId, action: z.string().max(16) }),
  output: Undoable.extend({ taskId: RecordId }),
});

/** Opens the overlay. In a browser that needs the person's click: `opened` false says so. */
export const openOverlay = command("coaching.openOverlay", {
  input: z.object({}),
  output: z.object({ opened: z.boolean() }),
});
/** From the overlay alone: whether the pointer stands on something of it, or clicks go to what lies below. */
export const catchClicks = command("coaching.catchClicks", {
  input: z.object({ on: z.boolean() }),
  output: z.object({}),
});

export const coachingContract = {
  liveCoaching,
  callTranscript,
  snoozeCoaching,
  judgeCard,
  cardShown,
  dismissCard,
  tickItem,
  callReport,
  acceptAction,
  openOverlay,
  catchClicks,
};
