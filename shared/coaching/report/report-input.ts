import type { Apart } from "../metrics/apart.ts";
import type { Shift } from "../../calls/talks.ts";
import type { CallReport, ItemTick } from "../../entities/insight.ts";
import type { Playbook, Scorecard } from "../../entities/setting.ts";
import type { AlikeByUtterance } from "../playbook/meanings.ts";
import type { Utterance } from "../utterance.ts";

/** What is known of a call besides what was said in it. */
export type ReportedCall = Pick<CallReport, "callId" | "leadId" | "agentId" | "teamId" | "at"> & {
  /** From the answer to the end. */
  durationMs: number;
  /** When the two did not hear each other: on hold, while a colleague was asked. */
  apart: Apart;
  /** Who had it when, where more than one of us did. */
  shifts: readonly Shift[];
  direction: "inbound" | "outbound";
  /** What the agent closed it as, in the tenant's words; empty = not said. */
  disposition: string;
  /** IANA zone in which "by Friday" is meant. */
  timeZone: string;
};

export type HandTick = Pick<ItemTick, "playbook" | "item" | "done" | "atMs">;

export type ReportInput = {
  call: ReportedCall;
  utterances: readonly Utterance[];
  /** What was said, compared in meaning with the playbook's examples where a model did so. */
  alike: AlikeByUtterance;
  /** What the agent ticked or unticked by hand, one for each item. */
  ticks: readonly HandTick[];
  playbook: Playbook | null;
  scorecard: Scorecard | null;
  /** As they are to be called; empty = not known. */
  names: { agent: string; customer: string };
};

/** A report as the rules find it, to be kept as the record `report:<callId>`. */
export type FoundReport = Omit<CallReport, "id" | "rev" | "createdAt" | "updatedAt" | "kept">;
