import { createHash } from "node:crypto";
import { z } from "zod";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import { CallReport } from "../../shared/entities/insight.ts";
import { serverFields } from "../../shared/entities/record.ts";
import { sameValue } from "../../shared/sync/fields.ts";
import type { AiTask, Known } from "../ai/index.ts";
import type { Found } from "../../shared/coaching/report/call-to-report.ts";

export type WordsInput = {
  report: CallReport;
  utterances: readonly Utterance[];
  /** Whoever was in the call, as far as we know them: they leave the server as placeholders. */
  known: Known;
};

const { shape } = CallReport;

/** What a model says of a call: the fields of a report that are words, as it may fill them in. */
const Words = z.strictObject({
  summary: shape.summary,
  keyPoints: shape.keyPoints,
  actions: z.array(shape.actions.element.omit({ key: true })).max(12),
  objections: shape.objections,
  strengths: shape.strengths,
  improvements: shape.improvements,
  sentiment: shape.sentiment,
  followUp: shape.followUp,
});
export type Words = z.infer<typeof Words>;

/** A report as a model words it, from the transcript and what the rules found. */
export const reportWords: AiTask<WordsInput, Words> = {
  name: "coaching.report-words",
  promptVersion: 2,
  feature: "coaching",
  difficulty: "hard",
  priority: "background",
  personalData: "hidden",
  knownIn: ({ known }) => known,
  // What the rules found quotes them, too.
  withoutOthers: ({ report, utterances, known }) => ({
    ...{ report: { ...report, ...wordless }, known },
    utterances: utterances.filter(({ speaker }) => speaker !== "customer"),
  }),
  sameForMs: 0,
  schema: Words,
  dataOf: ({ report, utterances }) => ({ transcript: linesOf(report, utterances), found: foundIn(report) }),
  byRules: ({ report }) => wordsOf(report),
  maxOutputTokens: 2_500,
  // A job's lease is a minute; half of the rest is for a second attempt.
  timeoutMs: 45_000,
};

const wordless = {
  ...{ summary: "", keyPoints: [], actions: [], objections: [], moments: [] },
  ...{ strengths: [], improvements: [], followUp: "" },
} satisfies Partial<CallReport>;

function wordsOf(report: CallReport): Words {
  const { actions, ...words } = pickWords(report);
  return { ...words, actions: actions.map(({ text, dueInDays, atMs }) => ({ text, dueInDays, atMs })) };
}

type Line = { atMs: number; who: Utterance["speaker"] | "colleague"; said: string };

/** About four characters a token: what is longer fits no model's window next to its instructions. */
const longestCharacters = 240_000;

/** The whole call, or where it is very long its beginning and its end: there is agreed why and what next. */
function linesOf(report: CallReport, utterances: readonly Utterance[]): (Line | { gap: number })[] {
  const lines = utterances.map((one) => ({ atMs: one.startMs, who: whoSaid(report, one), said: one.text }));
  const length = lines.reduce((sum, { said }) => sum + said.length, 0);
  if (length <= longestCharacters) return lines;
  const head = within(lines, longestCharacters / 3);
  const tail = within(lines.slice(head.length).toReversed(), (longestCharacters / 3) * 2).toReversed();
  return [...head, { gap: lines.length - head.length - tail.length }, ...tail];
}

/** Whoever had the call before the agent whom the report is about: their words are not to be taken for the agent's. */
function whoSaid({ parts, agentId }: CallReport, { speaker, startMs }: Utterance): Line["who"] {
  if (speaker === "customer") return speaker;
  const holder = (parts ?? []).find(({ spans }) =>
    spans.some(({ fromMs, toMs }) => startMs >= fromMs && (toMs === null || startMs < toMs)),
  );
  return holder === undefined || holder.agentId === agentId ? "agent" : "colleague";
}

function within(lines: readonly Line[], characters: number): Line[] {
  let left = characters;
  const end = lines.findIndex(({ said }) => (left -= said.length) < 0);
  return lines.slice(0, end === -1 ? lines.length : end);
}

/** Figures and rules; no names, numbers or ids: the model needs to know what was said, not by whom. */
function foundIn(report: CallReport) {
  const { metrics, items, cards, moments, score, criteria } = report;
  return { metrics, items, cards, moments, score, criteria, wording: wordsOf(report) };
}

/**
 * The report in a model's words. What the model points at must be in the call, so a moment elsewhere is left out; a
 * key says which action it is by what it says, because tasks are made of them.
 */
export function wordReport(report: CallReport, words: Words): CallReport {
  const endMs = report.metrics["durationMs"] ?? Number.POSITIVE_INFINITY;
  const placed = <T extends { atMs: number | null }>(one: T): T =>
    one.atMs !== null && one.atMs > endMs ? { ...one, atMs: null } : one;
  return {
    ...report,
    ...words,
    actions: words.actions.map((action) => ({ key: keyOf(action.text), ...placed(action) })),
    objections: words.objections.filter(({ atMs }) => atMs <= endMs),
    strengths: words.strengths.map(placed),
    improvements: words.improvements.map(placed),
    wordedBy: "model",
    wordsMissing: "",
  };
}

function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

type Worded = keyof Words;

function pickWords(report: Found): Pick<CallReport, Worded> {
  const { summary, keyPoints, actions, objections, strengths, improvements, sentiment, followUp } = report;
  return { summary, keyPoints, actions, objections, strengths, improvements, sentiment, followUp };
}

/** Whose a call is may be put right when its report is long there, and changes nothing that was found. */
const beside: ReadonlySet<string> = new Set([
  ...["wordedBy", "wordsMissing", "leadId", "agentId", "teamId"],
  ...Object.keys(Words.shape),
]);

/** Whether two reports found the same in a call, whoever worded them. */
export function isSameFinding(a: Found, b: Found): boolean {
  return Object.keys(CallReport.shape)
    .filter((field) => !beside.has(field) && !serverFields.has(field))
    .every((field) => sameValue(a[field as keyof Found], b[field as keyof Found]));
}

/** What `found` says, in the words of an earlier report until there are new ones. */
export function keepWords(found: Found, earlier: Found): Found {
  const { wordedBy, wordsMissing } = earlier;
  return { ...found, ...pickWords(earlier), wordedBy, wordsMissing };
}
