import type { LocalClock } from "../../../shared/result/ports.ts";
import { reportId } from "../../../shared/coaching/report/call-to-report.ts";
import type { CallReport } from "../../../shared/entities/insight.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { err } from "../../../shared/result/result.ts";
import type {
  acceptAction as acceptActionCommand,
  callReport,
} from "../../../shared/rpc/contract/coaching.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { readNotes } from "../insights/notes.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { RecordsChanged, Replica } from "../replica.ts";
import { acceptAction, taskIdOf } from "./accept-action.ts";
import type { CompiledPlaybooks } from "./compiled-playbooks.ts";
import { makeDeskReport } from "./desk-report.ts";
import type { LiveCoach } from "./live-coach.ts";
import { createReportOnce, type ReportOnce } from "./report-once.ts";
import type { Transcripts } from "./transcripts.ts";

type Contract = { callReport: typeof callReport; acceptAction: typeof acceptActionCommand };
export type ReportPorts = {
  replica: Replica;
  transcripts: Pick<Transcripts, "utterances" | "watch">;
  settings: TenantSettings;
  alike: LiveCoach["alike"];
  compiled: CompiledPlaybooks;
  clock: LocalClock;
};

/** What a call came to: as the server has written it, and until then as this device works it out. */
export function createReportHandlers(ports: ReportPorts): Handlers<Contract> {
  const { replica, transcripts, clock } = ports;
  const { reads } = replica;
  const once = createReportOnce();
  return {
    callReport: liveQuery<typeof callReport>(
      { reads },
      {
        dependsOn: ["insights", "calls", "tasks"],
        affects: (change, { callId }) => isAbout(change, callId),
        alsoOn: (rerun, { callId }) => transcripts.watch(callId, rerun),
        read: ({ callId }) => readReport(ports, callId, once),
      },
    ),
    async acceptAction({ callId, action }) {
      const { report } = await readReport(ports, callId, once);
      if (!report) return err({ code: "not-found", message: "This call has no report yet." });
      return acceptAction({ ...replica, nowMs: clock.now(), zone: clock.zone() }, report, action);
    },
  };
}

function isAbout({ collection, records }: RecordsChanged, callId: string): boolean {
  if (collection === "calls") return records.some(({ id }) => id === callId);
  if (collection === "insights") return records.some((record) => isNoteOn(record, callId));
  return records.some(({ id }) => id.startsWith(`action:${callId}:`));
}

/** Its report is one, too. */
function isNoteOn({ before, after }: RecordsChanged["records"][number], callId: string): boolean {
  return [before, after].some((record) => record !== null && "callId" in record && record.callId === callId);
}

async function readReport(
  ports: ReportPorts,
  callId: RecordId,
  once: ReportOnce,
): Promise<OutputOf<typeof callReport>> {
  const { reads } = ports.replica;
  const written = (await reads.get("insights", reportId(callId))) as CallReport | null;
  const report = written ?? (await makeDeskReport({ ...ports, reads }, callId, once));
  const taskIds = new Map((report?.actions ?? []).map(({ key }) => [taskIdOf(callId, key) as string, key]));
  const tasks = await reads.getAll("tasks", [...taskIds.keys()]);
  const accepted = [...tasks.keys()].map((id) => taskIds.get(id) ?? "");
  const notes = await readNotes(reads, "doc->>'callId' = $1", [callId]);
  const comments = notes.filter((note) => note.kind === "comment");
  return { report, madeBy: written ? "server" : "desk", accepted, comments };
}
