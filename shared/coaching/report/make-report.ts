import { takeAllTurns } from "../../time/turns.ts";
import { measureCall } from "../metrics/live-metrics.ts";
import type { CompiledPlaybook } from "../playbook/compile-playbook.ts";
import { emptyTranscript, hear, utterancesOf } from "../transcript/transcript.ts";
import type { Utterance } from "../utterance.ts";
import { findActions } from "./actions.ts";
import { findPoints } from "./coaching-points.ts";
import { findDueDays } from "./due.ts";
import { findEvents } from "./events.ts";
import type { Findings } from "./findings.ts";
import { findKeyPoints } from "./key-points.ts";
import { findMoments } from "./moments.ts";
import { moodByMinute, sentimentOf } from "./mood-by-minute.ts";
import { findObjections } from "./objections.ts";
import { playInTurns } from "./played.ts";
import { ownFindings, partsOf } from "./agent-parts.ts";
import type { FoundReport, ReportedCall, ReportInput } from "./report-input.ts";
import { scoreReport } from "./score.ts";
import { sentencesOf, type Sentence } from "./sentences.ts";
import { shorten } from "./wording.ts";
import { followUpOf, summarise, summariseSilence } from "./summary.ts";

/**
 * What a call came to, by rules alone: the same for the same input on every machine, without a key or a network.
 * Figures are those of docs/metrics.md; sentences are picked from what was said, or say a figure; what the transcript
 * does not show is not claimed. Tellings may be in any order, doubled or partial: the last of each stands.
 */
export function makeReport(input: ReportInput): FoundReport {
  return takeAllTurns(reportInTurns(input));
}

/**
 * As {@link makeReport}, with pauses: the largest playbook takes a second, four hours of talk nearly as long, and whoever
 * reports has something else to do.
 * @param known the input's playbook, where it is compiled already
 */
export function* reportInTurns(
  input: ReportInput,
  known: CompiledPlaybook | null = null,
): Generator<void, FoundReport> {
  const utterances = utterancesOf(input.utterances.reduce(hear, emptyTranscript));
  yield;
  const found = yield* findInTurns(input, utterances, known);
  const { metrics, played, call } = found;
  const { callId, leadId, agentId, teamId, at } = call;
  const isHeard = found.sentences.length > 0;
  // Whoever had the call last is coached by their own part of it.
  const own = ownFindings(found, utterances, agentId) ?? found;
  yield;
  return {
    kind: "report",
    ...{ callId, leadId, agentId, teamId, at },
    metrics,
    parts: partsOf(found, utterances),
    mood: isHeard ? [...found.mood] : [],
    playbook: input.playbook?.key ?? "",
    playbookVersion: input.playbook?.version ?? 0,
    items: played.items,
    cards: played.cards,
    moments: findMoments(found),
    summary: isHeard ? summarise(found) : summariseSilence(call, found.customer),
    keyPoints: findKeyPoints(found),
    actions: found.actions.map(({ key, text, dueInDays, atMs }) => ({ key, text, dueInDays, atMs })),
    objections: found.objections.map(({ text, atMs, answered }) => ({ text, atMs, answered })),
    sentiment: found.sentiment,
    ...(isHeard ? findPoints(own) : { strengths: [], improvements: [] }),
    followUp: isHeard ? followUpOf(found) : "",
    ...scoreReport(input.scorecard, own.metrics, isHeard ? own.played.items : []),
    wordedBy: "rules",
    wordsMissing: "",
  };
}

/** In a sentence a name of a whole line would leave no room for what it does. */
const longestName = 60;

function* findInTurns(
  input: ReportInput,
  utterances: readonly Utterance[],
  known: CompiledPlaybook | null,
): Generator<void, Findings> {
  const { call, playbook, scorecard, names } = input;
  const agent = shorten(names.agent, longestName) || "the agent";
  const customer = shorten(names.customer, longestName) || "the customer";
  const sentences = sentencesOf(utterances);
  yield;
  const events = findEvents(utterances, call.apart);
  yield;
  const stoppedMs = stoppedAt(events.lastWordMs, call.durationMs);
  // Of what came after nobody knows whether it was silence.
  const durationMs = stoppedMs ?? Math.max(call.durationMs, events.lastWordMs);
  const metrics = measureCall(utterances, { durationMs, apart: call.apart });
  yield;
  const played = yield* playInTurns(input, utterances, known);
  yield;
  const objections = findObjections(utterances, sentences, played.raised);
  yield;
  return {
    ...{ call, agent, customer, playbook, scorecard, metrics, events, sentences, played },
    objections,
    actions: findActions(sentences, call, customer),
    appointment: findAppointment(sentences, call, events.lastWordMs),
    mood: moodByMinute(utterances, durationMs),
    sentiment: sentimentOf(utterances),
    stoppedMs,
  };
}

/** In the last third of the call: before that, days are what has been. */
function findAppointment(sentences: readonly Sentence[], call: ReportedCall, endMs: number): Sentence | null {
  const named = sentences.findLast(({ text, startMs }) => startMs >= (endMs * 2) / 3 && (findDueDays(text, call) ?? 0) > 0); // prettier-ignore
  return named ?? null;
}

/** Goodbyes are not followed by a minute of silence, or by a fifth of the call. */
const leastStopMs = 60_000;
const stopShare = 0.2;

function stoppedAt(lastWordMs: number, durationMs: number): number | null {
  if (lastWordMs === 0) return null;
  const restMs = durationMs - lastWordMs;
  return restMs >= leastStopMs && restMs >= durationMs * stopShare ? lastWordMs : null;
}
