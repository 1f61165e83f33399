import type { Shift } from "../../calls/talks.ts";
import type { CallReport, ReportPart } from "../../entities/insight.ts";
import type { UserId } from "../../entities/id.ts";
import type { Apart } from "../metrics/apart.ts";
import { measureCall } from "../metrics/live-metrics.ts";
import type { Utterance } from "../utterance.ts";
import { findPoints } from "./coaching-points.ts";
import type { Findings } from "./findings.ts";
import { scoreReport } from "./score.ts";

type Spans = readonly Pick<Shift, "fromMs" | "toMs">[];

const [mostParts, mostSpans] = [20, 50];

/** What each of us did in a call that more than one had, in the order in which they got it. */
export function partsOf(found: Findings, utterances: readonly Utterance[]): CallReport["parts"] {
  const agents = new Set(found.call.shifts.flatMap(({ agentId }) => agentId ?? []));
  return [...agents].slice(0, mostParts).flatMap((agentId) => {
    const own = ownFindings(found, utterances, agentId);
    return own ? [partOf(agentId, own, spansOf(found.call.shifts, agentId))] : [];
  });
}

function partOf(agentId: UserId, own: Findings, spans: Spans): ReportPart {
  const isHeard = own.sentences.length > 0;
  return {
    agentId,
    spans: spans
      .slice(0, mostSpans)
      .map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs === Infinity ? null : toMs })),
    metrics: own.metrics,
    ...(isHeard ? findPoints(own) : { strengths: [], improvements: [] }),
    score: scoreReport(own.scorecard, own.metrics, isHeard ? own.played.items : []).score,
  };
}

/**
 * What was found in the part of a call that one of us had: their figures, what they said and what was said to them. What
 * nobody did was left out by whoever had the call last; what is agreed is agreed by all of us.
 * @returns null where one of us had the whole call, or they had none of it
 */
export function ownFindings(
  found: Findings,
  utterances: readonly Utterance[],
  agentId: UserId | null,
): Findings | null {
  const { shifts, apart } = found.call;
  const spans = spansOf(shifts, agentId);
  const isOfOne = new Set(shifts.map((shift) => shift.agentId)).size < 2;
  // A call that still waits for the next of us when it ends is nobody's, whoever had it before.
  if ((isOfOne && found.call.agentId !== null) || spans.length === 0) return null;
  const isOwn = (atMs: number) => spans.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  const isLast = shifts.at(-1)?.agentId === agentId;
  const { stretches, interruptions, deadAir } = found.events;
  return {
    ...found,
    metrics: measureSpans(spans, utterances, apart, found.metrics.durationMs ?? 0),
    events: {
      ...found.events,
      stretches: stretches.filter((one) => isOwn(one.atMs)),
      interruptions: interruptions.filter((one) => isOwn(one.atMs)),
      deadAir: deadAir.filter((one) => isOwn(one.atMs)),
    },
    sentences: found.sentences.filter((one) => isOwn(one.startMs)),
    played: {
      items: found.played.items.filter(({ atMs }) => (atMs === null ? isLast : isOwn(atMs))),
      cards: found.played.cards.filter((one) => isOwn(one.atMs)),
      raised: found.played.raised.filter((one) => isOwn(one.atMs)),
    },
    objections: found.objections.filter((one) => isOwn(one.atMs)),
    stoppedMs: isLast ? found.stoppedMs : null,
  };
}

function spansOf(shifts: readonly Shift[], agentId: UserId | null): Spans {
  return shifts.filter((shift) => shift.agentId === agentId);
}

/** As if these spans were all of the call, one right behind the other. */
function measureSpans(spans: Spans, utterances: readonly Utterance[], apart: Apart, callMs: number) {
  const own: Utterance[] = [];
  const ownApart: { fromMs: number; toMs: number }[] = [];
  let passedMs = 0;
  for (const { fromMs, toMs } of spans) {
    const moved = (ms: number) => ms - fromMs + passedMs;
    const endMs = Math.max(fromMs, Math.min(toMs, callMs));
    for (const one of utterances)
      if (one.startMs >= fromMs && one.startMs < toMs)
        own.push({ ...one, startMs: moved(one.startMs), endMs: moved(one.endMs) });
    for (const span of apart)
      if (span.fromMs < endMs && span.toMs > fromMs)
        ownApart.push({
          fromMs: moved(Math.max(span.fromMs, fromMs)),
          toMs: moved(Math.min(span.toMs, endMs)),
        });
    passedMs += endMs - fromMs;
  }
  return measureCall(own, { durationMs: passedMs, apart: ownApart });
}
