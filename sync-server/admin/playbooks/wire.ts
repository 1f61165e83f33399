import { z } from "zod";
import { Speaker } from "../../../shared/coaching/utterance.ts";
import { Instant } from "../../../shared/entities/fields.ts";
import { RecordId, TeamId } from "../../../shared/entities/id.ts";
import { Battlecard, ChecklistItem, PlaybookRules, Trigger } from "../../../shared/entities/playbook.ts";
import { Playbook, Scorecard } from "../../../shared/entities/setting.ts";
import { pathId } from "../wire.ts";

// What the console asks and hears of playbooks and scorecards: data only, so that a browser may import it.

/** With its version it must still be a record's id. */
export const PlaybookKey = z.string().regex(/^[a-z][a-z0-9-]{0,47}$/u);

/** Every version that was ever live, and drafts; in the tenant's order, newest version first. */
export const Playbooks = z.strictObject({ playbooks: z.array(Playbook) });
export const NewPlaybook = z.strictObject({
  key: PlaybookKey,
  label: PlaybookRules.shape.label,
  /** The id of a version to begin from, or of one that Ringside brings along; empty = with nothing in it. */
  like: z.union([z.literal(""), pathId]).default(""),
});
export const KeyParam = z.strictObject({ key: PlaybookKey });
/** Keys in the order that decides where several are for a call; those that are not named stay behind. */
export const PlaybookOrder = z.strictObject({ keys: z.array(PlaybookKey).max(500) });
/** `from`: the version to begin the draft with; null = the live one. */
export const NewDraft = z.strictObject({ from: z.int().min(1).nullable().default(null) });
export const ChangePlaybook = z.strictObject({ archived: z.boolean() });
/** `rev` of the draft as it was shown: nobody publishes what they have not seen. */
export const Publish = z.strictObject({ rev: z.int().min(1) });

const list = z.enum(["items", "cards"]);
const key = z.string().max(60);
const at = z.int().min(0).max(500);
/** Null = at the end. */
const place = at.nullable();
/** A phrase or an example; which is how long is the trigger's to say. */
const sentence = z.string().trim().min(1).max(200);
const cardLines = Battlecard.shape.lines;

/** One thing that an admin does to a draft. It names what it changes, so that another's change of something else stays. */
export const PlaybookEdit = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("settings"),
    change: PlaybookRules.pick({ label: true })
      .extend({
        appliesTo: PlaybookRules.shape.appliesTo.partial(),
        alarms: PlaybookRules.shape.alarms.partial(),
      })
      .partial(),
  }),
  z.strictObject({ do: z.literal("add-item"), item: ChecklistItem, at: place }),
  z.strictObject({ do: z.literal("add-card"), card: Battlecard, at: place }),
  z.strictObject({ do: z.literal("remove"), list, key }),
  z.strictObject({ do: z.literal("order"), list, keys: z.array(key).max(200) }),
  z.strictObject({
    do: z.literal("change-item"),
    key,
    change: ChecklistItem.pick({ label: true, hint: true }).partial(),
  }),
  z.strictObject({
    do: z.literal("change-card"),
    key,
    change: Battlecard.pick({ title: true, everyMs: true, staysMs: true }).partial(),
  }),
  /** `was`: the lines as they were shown. */
  z.strictObject({ do: z.literal("lines"), key, was: cardLines, lines: cardLines }),
  z.strictObject({ do: z.literal("add-trigger"), list, key, trigger: Trigger, at: place }),
  z.strictObject({ do: z.literal("remove-trigger"), list, key, at, was: Trigger }),
  z.strictObject({
    do: z.literal("change-trigger"),
    list,
    key,
    at,
    kind: z.enum(["phrases", "pattern", "silence", "metric", "meaning"]),
    change: z.record(z.string().max(20), z.union([z.string().max(300), z.number(), z.null()])),
  }),
  z.strictObject({
    do: z.literal("phrases"),
    list,
    key,
    at,
    of: z.enum(["phrases", "notNear", "examples"]),
    add: z.array(sentence).max(100),
    remove: z.array(sentence).max(100),
  }),
]);
export type PlaybookEdit = z.infer<typeof PlaybookEdit>;

/** Past calls that were transcribed, newest first, a page at a time. */
export const TryPlaybook = z.strictObject({
  days: z.int().min(1).max(366),
  teamId: TeamId.nullable(),
  limit: z.int().min(1).max(50),
  /** What the page before named; null = the first one. */
  after: z.string().max(120).nullable(),
});

/** Where a trigger fires in a call: ms from the answer, the words from the first to the last that it took. */
export const Hit = z.strictObject({
  target: z.enum(["item", "card"]),
  key: z.string(),
  trigger: z.int(),
  of: z.int(),
  fromMs: z.int().min(0),
  atMs: z.int().min(0),
  phrase: z.string(),
  speaker: Speaker.nullable(),
});
export type Hit = z.infer<typeof Hit>;

export const TriedCall = z.strictObject({
  callId: RecordId,
  startedAt: Instant,
  durationMs: z.int().min(0),
  /** Empty = nobody's, nobody known. */
  agent: z.string(),
  customer: z.string(),
  number: z.string(),
  draft: z.array(Hit),
  live: z.array(Hit),
  judged: z.array(z.strictObject({ card: z.string(), atMs: z.int().min(0), useful: z.boolean() })),
});
export type TriedCall = z.infer<typeof TriedCall>;

export const Tried = z.strictObject({
  calls: z.array(TriedCall),
  /** Calls that the question is about, on all pages; 500 = that many or more. */
  total: z.int().min(0),
  next: z.string().nullable(),
  tookMs: z.number().min(0),
  /** Of some call no model said what it means: meanings stayed quiet in it. */
  unheard: z.boolean(),
});

/** False: no model that makes vectors is set up, and triggers by meaning stay quiet. */
export const MeaningsHeard = z.strictObject({ heard: z.boolean() });

export const WordsQuery = z.strictObject({ atMs: z.coerce.number().int().min(0).default(0) });
/** What was said around a moment, oldest first. */
export const WordsAround = z.strictObject({
  said: z.array(
    z.strictObject({
      speaker: Speaker,
      startMs: z.int(),
      endMs: z.int(),
      text: z.string(),
      timing: z.array(z.int()),
    }),
  ),
});

/** Whether a card would have helped; null = no word on it after all. */
export const Judge = z.strictObject({
  callId: pathId,
  card: key,
  atMs: z.int().min(0),
  useful: z.boolean().nullable(),
});

export const Scorecards = z.strictObject({ scorecards: z.array(Scorecard) });
const made = { rev: true, createdAt: true, updatedAt: true, kept: true, id: true, kind: true, order: true, archived: true } as const; // prettier-ignore
export const NewScorecard = Scorecard.omit(made).extend({ key: PlaybookKey });
export const ChangeScorecard = NewScorecard.omit({ key: true }).extend({ archived: z.boolean() }).partial();
