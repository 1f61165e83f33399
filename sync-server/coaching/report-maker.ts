import type { FoundReport, ReportInput } from "../../shared/coaching/report/report-input.ts";
import type { Timers } from "../../shared/result/ports.ts";
import { openThread } from "../ask-thread.ts";

export type ReportMaker = {
  /** `makeReport` of shared/coaching, in a thread of its own. */
  make(input: ReportInput): Promise<FoundReport>;
  stop(): Promise<void>;
};

/** Works reports out beside the server. */
export function createReportMaker(ports: { timers: Timers }): ReportMaker {
  const thread = openThread<ReportInput, FoundReport>(new URL("./report-thread.ts", import.meta.url), ports);
  return { make: thread.ask, stop: thread.stop };
}
