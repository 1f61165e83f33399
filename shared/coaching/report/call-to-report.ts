import { apartOf, clockStartOf, shiftsOf } from "../../calls/talks.ts";
import type { Call } from "../../entities/call.ts";
import type { RecordId } from "../../entities/id.ts";
import type { CallReport } from "../../entities/insight.ts";
import type { Disposition, Person, Playbook, Scorecard } from "../../entities/setting.ts";
import { choosePlaybook } from "../playbook/choose-playbook.ts";
import { nothingAlike } from "../playbook/meanings.ts";
import type { Utterance } from "../utterance.ts";
import type { HandTick, ReportInput } from "./report-input.ts";

/** A call that is over, as its report needs it. */
export type CallToReport = {
  call: Call;
  /** The list it was dialled from; empty = none, or not known. */
  callList: string;
  utterances: readonly Utterance[];
  ticks: readonly HandTick[];
  playbooks: Playbook[];
  scorecards: Scorecard[];
  dispositions: Disposition[];
  agent: Person | null;
  /** Empty = nobody that is known. */
  customer: string;
  timeZone: string;
};

export function reportId(callId: string): RecordId {
  return `report:${callId}` as RecordId;
}

/** A report before the server has kept it. */
export type Found = Omit<CallReport, "rev" | "createdAt" | "updatedAt" | "kept">;

/** What the rules need to know of a call, with the playbook that was live when it began: the same on server and desk. Nothing is compared. */
export function inputOf(given: CallToReport): ReportInput {
  const {
    call,
    callList,
    utterances,
    ticks,
    playbooks,
    scorecards,
    dispositions,
    agent,
    customer,
    timeZone,
  } = given;
  const { id, leadId, agentId, teamId, direction } = call;
  const queue = call.line?.queue ?? "";
  const disposition = dispositions.find(({ key }) => key === call.disposition)?.label ?? "";
  return {
    call: {
      ...{ callId: id, leadId, agentId, teamId, at: call.startedAt, durationMs: durationOf(given) },
      ...{ direction, disposition, timeZone, ...heldOf(call) },
    },
    ...{ utterances, alike: nothingAlike, ticks },
    playbook: choosePlaybook(liveAt(playbooks, call.startedAt), { direction, queue, callList, teamId }),
    scorecard: scorecardOf(scorecards, teamId),
    names: { agent: agent?.name ?? "", customer },
  };
}

/** When the two were apart, and which of us had the call; no line of ours tells of calls that came from elsewhere. */
function heldOf(call: Call): Pick<ReportInput["call"], "apart" | "shifts"> {
  if (!call.line) return { apart: [], shifts: [] };
  const zeroMs = clockStartOf(call);
  return { apart: apartOf(call.line, zeroMs), shifts: shiftsOf(call.line, zeroMs) };
}

/** From the answer, or where nobody told of one as long as there was talk. */
function durationOf({ call, utterances }: CallToReport): number {
  const spokenMs = utterances.reduce((last, { endMs }) => Math.max(last, endMs), 0);
  return Math.max(spokenMs, Date.parse(call.endedAt ?? call.startedAt) - clockStartOf(call));
}

/** Playbooks as they stood at an instant: of each the version that was published last before it. */
function liveAt(playbooks: readonly Playbook[], at: string): Playbook[] {
  const newest = new Map<string, Playbook>();
  for (const one of playbooks) {
    const wasOut = one.state !== "draft" && one.publishedAt !== null && one.publishedAt <= at;
    if (wasOut && one.version > (newest.get(one.key)?.version ?? 0))
      newest.set(one.key, one.state === "live" ? one : { ...one, state: "live" });
  }
  return [...newest.values()];
}

/** The team's own, before everybody's. */
function scorecardOf(scorecards: readonly Scorecard[], teamId: string | null): Scorecard | null {
  const inUse = scorecards.filter(({ archived }) => !archived);
  const own = inUse.find((one) => one.teamId !== null && one.teamId === teamId);
  return own ?? inUse.find((one) => one.teamId === null) ?? null;
}
