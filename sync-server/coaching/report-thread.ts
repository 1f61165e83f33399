import { parentPort } from "node:worker_threads";
import { makeReport } from "../../shared/coaching/report/make-report.ts";
import type { ReportInput } from "../../shared/coaching/report/report-input.ts";

// The thread in which reports are worked out: an hour's call takes a tenth of a second, which nobody shall wait for.
parentPort?.on("message", ({ id, input }: { id: number; input: ReportInput }) => {
  try {
    parentPort?.postMessage({ id, found: makeReport(input) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
