import type { AlikeByUtterance } from "../../../shared/coaching/playbook/meanings.ts";
import { inputOf, reportId } from "../../../shared/coaching/report/call-to-report.ts";
import { reportInTurns } from "../../../shared/coaching/report/make-report.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { CallReport, ItemTick } from "../../../shared/entities/insight.ts";
import { takeTurns } from "../../../shared/time/turns.ts";
import { isByHand } from "../insights/notes.ts";
import { recordSql } from "../live/read-records.ts";
import { createPacer } from "../live/slices.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Reads } from "../replica.ts";
import type { CompiledPlaybooks } from "./compiled-playbooks.ts";
import type { ReportOnce } from "./report-once.ts";
import type { Transcripts } from "./transcripts.ts";

export type DeskReportPorts = {
  reads: Pick<Reads, "get" | "sql" | "table">;
  transcripts: Pick<Transcripts, "utterances">;
  /** What was compared in meaning while the call went on here. */
  alike: (callId: string) => AlikeByUtterance;
  compiled: CompiledPlaybooks;
  settings: Pick<TenantSettings, "playbooks" | "scorecards" | "dispositions" | "people" | "business">;
};

/**
 * What a call came to by what this device has of it, without a network: there at once when the line is closed. Null
 * while the call goes on, and where nothing of it was written down.
 * @param once who knows what was worked out before; without it is worked out anew
 */
export async function makeDeskReport(
  { reads, transcripts, settings, alike, compiled }: DeskReportPorts,
  callId: RecordId,
  once: ReportOnce = (_callId, _input, find) => find(),
): Promise<CallReport | null> {
  const call = await reads.get("calls", callId);
  if (!call || call.endedAt === null) return null;
  const utterances = (await transcripts.utterances(callId)).filter(({ final }) => final);
  if (utterances.length === 0) return null;
  const lead = call.leadId === null ? null : await reads.get("leads", call.leadId);
  const agent = settings.people().find(({ userId }) => userId === call.agentId);
  const input = inputOf({
    // The server says which team's a call is; until it has, it is that of who took it, as the server will say.
    call: { ...call, teamId: call.teamId ?? agent?.teamIds[0] ?? null },
    ...{ utterances, ticks: await readTicks(reads, callId), callList: "" },
    playbooks: settings.playbooks(),
    scorecards: settings.scorecards(),
    dispositions: settings.dispositions(),
    ...{ agent: agent ?? null, customer: lead?.name ?? "" },
    timeZone: settings.business().timeZone,
  });
  const compared = { ...input, alike: alike(callId) };
  const found = await once(callId, compared, async () => {
    const known = input.playbook && (await compiled(input.playbook));
    return takeTurns(reportInTurns(compared, known), createPacer());
  });
  const { createdAt, updatedAt } = call;
  return {
    ...found,
    id: reportId(callId),
    rev: 0,
    createdAt,
    updatedAt,
    kept: [],
  };
}

async function readTicks(reads: DeskReportPorts["reads"], callId: RecordId): Promise<ItemTick[]> {
  const rows = await reads.sql<{ doc: ItemTick }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where not deleted and ${isByHand} and doc->>'callId' = $1 and doc->>'kind' = 'item-tick' order by id`,
    [callId],
  );
  return rows.map(({ doc }) => doc);
}
