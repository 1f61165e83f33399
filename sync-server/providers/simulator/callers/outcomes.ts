import { z } from "zod";

const afterMs = z.number().int().min(0).max(120_000);

/** What becomes of a call to a number. */
export const Outcome = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("answers"),
    afterMs: afterMs.default(2_000),
    /** Which scripted caller answers; any, when absent. */
    script: z.string().max(200).optional(),
    /** What both say instead of a script; it is hummed. */
    lines: z
      .array(
        z.strictObject({
          speaker: z.enum(["agent", "customer"]),
          startMs: z.number().int().min(0).max(3_600_000),
          text: z.string().min(1).max(2_000),
        }),
      )
      .max(500)
      .optional(),
    mode: z.enum(["waiting", "straight"]).default("waiting"),
    /** Whether the robot stays on the line when it has nothing more to say. */
    stays: z.boolean().default(false),
    /**
     * Whoever talks with the robot is taken to read the script's other part, by its clock: that is transcribed, where
     * nothing recognises what a person really says.
     */
    readsAlong: z.boolean().optional(),
    /** How many turns of the script may be begun by now, also in calls under way; all, when absent. */
    says: z.number().int().min(0).max(500).optional(),
  }),
  z.strictObject({ kind: z.literal("busy") }),
  z.strictObject({ kind: z.literal("no-answer") }),
  z.strictObject({ kind: z.literal("invalid") }),
  z.strictObject({
    kind: z.literal("voicemail"),
    afterMs: afterMs.default(3_000),
    greetingMs: z.number().int().min(0).max(60_000).default(4_000),
  }),
  z.strictObject({
    kind: z.literal("drops"),
    afterMs: afterMs.default(2_000),
    talkMs: z.number().int().min(0).max(600_000).default(8_000),
  }),
]);
export type Outcome = z.infer<typeof Outcome>;

/** Numbers that always end the same way; all others are answered after two seconds. docs: providers/simulator. */
export const magicNumbers: Readonly<Record<string, Outcome>> = {
  "+15005550001": { kind: "invalid" },
  "+15005550002": { kind: "busy" },
  "+15005550003": { kind: "no-answer" },
  "+15005550004": { kind: "voicemail", afterMs: 3_000, greetingMs: 4_000 },
  "+15005550005": { kind: "drops", afterMs: 2_000, talkMs: 8_000 },
  "+15005550006": { kind: "answers", afterMs: 10_000, mode: "waiting", stays: false },
  "+15005550007": { kind: "answers", afterMs: 500, mode: "waiting", stays: true },
};

const ordinary: Outcome = { kind: "answers", afterMs: 2_000, mode: "waiting", stays: false };

/** What was set for this number, its magic, or an ordinary answer. A number that is none is invalid. */
export function chooseOutcome(set: ReadonlyMap<string, Outcome>, number: string): Outcome {
  const known = set.get(number) ?? magicNumbers[number];
  if (known) return known;
  return /^\+[1-9]\d{6,14}$/.test(number) ? ordinary : { kind: "invalid" };
}
