/** Strongest first: this is the order in which reasons are given. */
export const blockCodes = [
  "not-a-number",
  "emergency-number",
  "short-number",
  "premium-number",
  "lead-do-not-call",
  "number-do-not-call",
  "attempts-used-up",
  "no-common-hours",
  "holiday",
  "closed-day",
  "outside-hours",
  "too-many-dials",
  "too-soon",
] as const;
export type BlockCode = (typeof blockCodes)[number];

export type DialBlock = {
  code: BlockCode;
  /** Says why, to the person who wanted to dial. */
  sentence: string;
  /** When this reason is over, as milliseconds since the epoch on a whole minute; null = never by itself. */
  untilMs: number | null;
};

/** What a place asks of a recording: nothing, that it is said before anything else is, or a clear yes. */
export type RecordingLaw = "none" | "inform" | "ask";
export type Announcement = { kind: RecordingLaw; because: string };

export type DialVerdict =
  | { kind: "allowed"; e164: string; announce: Announcement; notes: string[] }
  | {
      kind: "blocked";
      /** Of the strongest reason. */
      code: BlockCode;
      sentence: string;
      /** The first whole minute at which nothing is in the way any more; null = a person has to decide. */
      untilMs: number | null;
      /** Every reason that applies, the strongest first. */
      reasons: DialBlock[];
    };
