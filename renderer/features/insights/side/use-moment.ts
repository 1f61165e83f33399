import type { z } from "zod";
import { holderIn } from "../../../../shared/calls/talks.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Segment } from "../../../../shared/entities/call.ts";
import type { Moment } from "../../../../shared/entities/insight.ts";
import { callDetail } from "../../../../shared/rpc/contract/calls.ts";
import { insightReview } from "../../../../shared/rpc/contract/insights.ts";
import { useDirectory, useLive } from "../../../client/index.ts";

export type Review = z.output<typeof insightReview.output>;
export type MomentView = {
  callId: RecordId;
  review: Review;
  segments: readonly Segment[];
  /** Of who had the call at that moment. */
  agentId: string | null;
  agentName: string;
  /** Of who had it when something was said. */
  nameAt: (startMs: number) => string;
  leadName: string | null;
  startedAt: Date;
  recorded: boolean;
  /** What the report says of it; null: a place that was found by its words. */
  moment: Moment | null;
  span: { fromMs: number; toMs: number };
};

/** A place without a moment is listened to for so long. */
const listenMs = 15_000;

/** One moment of a call, with everything that this device knows of it; null = not here, undefined = not looked up yet. */
export function useMoment(callId: RecordId, atMs: number): MomentView | null | undefined {
  const review = useLive(insightReview, { callId }).value;
  const detail = useLive(callDetail, { id: callId }).value;
  const { personName } = useDirectory();
  if (!review || !detail) return undefined;
  const { call } = detail;
  if (!call) return null;
  const holderAt = (ms: number) => holderIn(call, ms) ?? call.agentId;
  const nameAt = (ms: number) => personName(holderAt(ms));
  const moment = review.moments.find((each) => each.atMs === atMs) ?? null;
  return {
    ...{ callId, review, moment, nameAt },
    segments: detail.segments,
    agentId: holderAt(atMs),
    agentName: nameAt(atMs),
    leadName: detail.leadName,
    startedAt: new Date(call.startedAt),
    recorded: call.recording !== "",
    span: { fromMs: atMs, toMs: moment ? Math.max(moment.endMs, atMs + 1_000) : atMs + listenMs },
  };
}
