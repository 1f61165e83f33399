import { z } from "zod";
import { metricNames } from "../coaching/metrics/catalogue.ts";
import { instantOrNull, line, teamRef, userRef } from "./fields.ts";
import { TeamId } from "./id.ts";

const key = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/u);
const phrase = z.string().trim().min(1).max(100);
const side = z.enum(["agent", "customer", "either"]);
/** When in the call it counts, in ms from the answer; null = from the start, to the end. */
const within = { fromMs: z.int().min(0).nullable(), untilMs: z.int().min(0).nullable() };

/** What sets off an item or a card. Several triggers = any of them. */
export const Trigger = z.discriminatedUnion("kind", [
  /** One of the phrases in any inflection, its words in order with at most `apart` others between two of them. */
  z.strictObject({
    kind: z.literal("phrases"),
    side,
    phrases: z.array(phrase).min(1).max(100),
    apart: z.int().min(0).max(20),
    /**
     * Not where one of these stands within ten words of the same speaker, before it or after it. What comes after is
     * waited for: until the tenth word, or until the speaker has been quiet for about a second and a half.
     */
    notNear: z.array(phrase).max(50),
    ...within,
  }),
  /** A regular expression in RE2's syntax, over what one side says in one go. */
  z.strictObject({ kind: z.literal("pattern"), side, pattern: z.string().min(1).max(300), ...within }),
  /** Nobody has said anything for so long. */
  z.strictObject({ kind: z.literal("silence"), overMs: z.int().min(1_000).max(600_000), ...within }),
  z.strictObject({
    kind: z.literal("metric"),
    metric: z.enum(metricNames),
    is: z.enum(["over", "under"]),
    value: z.number(),
    ...within,
  }),
  /** Something that means about the same as an example, where a model of embeddings is set up; nothing without one. */
  z.strictObject({
    kind: z.literal("meaning"),
    side,
    /** Sentences that mean it; one of them is enough. */
    examples: z.array(z.string().trim().min(1).max(200)).min(1).max(8),
    /** How alike what is said must be to one of them, as the provider's vectors have it (cosine). */
    likeness: z.number().min(0).max(1),
    ...within,
  }),
]);
export type Trigger = z.infer<typeof Trigger>;

/** Something that a good call has; it ticks itself when a trigger fires. */
export const ChecklistItem = z.strictObject({
  key,
  label: line.min(1).max(60),
  /** How to say it, in the agent's words. */
  hint: line.max(140),
  triggers: z.array(Trigger).max(20),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const Battlecard = z.strictObject({
  key,
  title: line.min(1).max(60),
  /** Ten words a line: it is read from 70 cm while somebody talks. */
  lines: z.array(line.min(1).max(90)).min(1).max(3),
  triggers: z.array(Trigger).min(1).max(20),
  /** At most once in so long. */
  everyMs: z.int().min(0).max(7_200_000),
  staysMs: z.int().min(3_000).max(120_000),
});
export type Battlecard = z.infer<typeof Battlecard>;

/** Limits that the overlay warns of; null = never. */
const alarms = z.strictObject({
  monologueMs: z.int().min(5_000).max(600_000).nullable(),
  paceWpm: z.int().min(60).max(400).nullable(),
  deadAirMs: z.int().min(2_000).max(600_000).nullable(),
});

/** What a playbook says, whichever version of it. */
export const playbookRules = {
  label: line.min(1).max(60),
  /** Calls that it is for; an empty list = any. */
  appliesTo: z.strictObject({
    directions: z.array(z.enum(["inbound", "outbound"])).max(2),
    queues: z.array(key).max(100),
    callLists: z.array(key).max(100),
    teamIds: z.array(TeamId).max(100),
  }),
  items: z.array(ChecklistItem).max(30),
  cards: z.array(Battlecard).max(200),
  alarms,
};
export const PlaybookRules = z.strictObject(playbookRules);
export type PlaybookRules = z.infer<typeof PlaybookRules>;

/**
 * One version of a playbook; `id` is `playbook:<key>:<version>`. At most one of a key is `live`, at most one a `draft`;
 * what calls were coached by stays as `retired`.
 */
export const playbookFields = {
  kind: z.literal("playbook"),
  key,
  version: z.int().min(1),
  state: z.enum(["draft", "live", "retired"]),
  publishedAt: instantOrNull,
  publishedById: userRef,
  ...playbookRules,
  archived: z.boolean(),
};

/** What a call is scored by; `id` is `scorecard:<key>`. */
export const scorecardFields = {
  kind: z.literal("scorecard"),
  key,
  label: line.min(1).max(60),
  teamId: teamRef,
  criteria: z
    .array(
      z.strictObject({
        key,
        label: line.min(1).max(60),
        /** Its share of the score, against the others' weights. */
        weight: z.number().min(0).max(100),
        by: z.discriminatedUnion("kind", [
          /** Full points from `from` to `to`, falling to none at `slack` beyond either end. */
          z.strictObject({
            kind: z.literal("metric"),
            metric: z.enum(metricNames),
            from: z.number(),
            to: z.number(),
            slack: z.number().min(0),
          }),
          /** Done or not, by its key in whatever playbook the call had; no say where that has no such item. */
          z.strictObject({ kind: z.literal("item"), item: key }),
          /** The share of the playbook's items that were done. */
          z.strictObject({ kind: z.literal("checklist") }),
          /** People say, from 0 to 5. */
          z.strictObject({ kind: z.literal("person") }),
        ]),
      }),
    )
    .max(30),
  archived: z.boolean(),
};
