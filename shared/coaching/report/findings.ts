import type { CallReport } from "../../entities/insight.ts";
import type { Scorecard } from "../../entities/setting.ts";
import type { CallMetrics } from "../metrics/catalogue.ts";
import type { Action } from "./actions.ts";
import type { Events } from "./events.ts";
import type { Objection } from "./objections.ts";
import type { Played } from "./played.ts";
import type { ReportInput } from "./report-input.ts";
import type { Sentence } from "./sentences.ts";

/** Everything that was found in a call, for the parts of a report that put it into words. */
export type Findings = {
  call: ReportInput["call"];
  agent: string;
  customer: string;
  playbook: ReportInput["playbook"];
  scorecard: Scorecard | null;
  metrics: CallMetrics;
  events: Events;
  sentences: readonly Sentence[];
  played: Played;
  objections: readonly Objection[];
  actions: readonly Action[];
  mood: readonly number[];
  sentiment: CallReport["sentiment"];
  /** Towards the end, the last time that a day was named: when they go on. */
  appointment: Sentence | null;
  /** The call went on for long after the last word of the transcript: what is said of the whole call would be wrong. */
  stoppedMs: number | null;
};
