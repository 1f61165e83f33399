import { readFileSync } from "node:fs";
import { DemoCall } from "../../shared/calls/demo-call.ts";
import { nothingAlike } from "../../shared/coaching/playbook/meanings.ts";
import type { ReportInput } from "../../shared/coaching/report/report-input.ts";
import { qualityScorecard, shippedPlaybooks } from "../../shared/coaching/shipped/shipped.ts";
import type { Utterance } from "../../shared/coaching/utterance.ts";
import { RecordId } from "../../shared/entities/id.ts";
import { Playbook, Scorecard } from "../../shared/entities/setting.ts";

/** A Friday. */
export const callDay = "2026-11-20T10:00:00.000Z";
const base = { rev: 1, createdAt: callDay, updatedAt: callDay, kept: [], order: 0, archived: false };

/** One of the playbooks that come with the product, as it is live in a tenant. */
export function livePlaybook(key: string): Playbook {
  const shipped = shippedPlaybooks.find((one) => one.key === key);
  const published = { state: "live", publishedAt: callDay, publishedById: null, version: 1 };
  return Playbook.parse({ ...base, id: `playbook:${key}:1`, kind: "playbook", key, ...published, ...shipped?.rules }); // prettier-ignore
}

export const liveScorecard = Scorecard.parse({ ...base, id: "scorecard:call-quality", kind: "scorecard", ...qualityScorecard }); // prettier-ignore

/** A call of Ana's with Maria, as its report is asked for. */
export function reportInput(
  utterances: readonly Utterance[],
  change: Partial<ReportInput["call"]> = {},
): ReportInput {
  const spokenMs = utterances.reduce((last, { endMs }) => Math.max(last, endMs), 0);
  const ids = { callId: RecordId.parse("call"), leadId: null, agentId: null, teamId: null, at: callDay };
  return {
    call: {
      ...ids,
      durationMs: spokenMs + 500,
      apart: [],
      shifts: [],
      direction: "outbound",
      disposition: "",
      timeZone: "UTC",
      ...change,
    },
    utterances,
    alike: nothingAlike,
    ticks: [],
    playbook: null,
    scorecard: null,
    names: { agent: "Ana", customer: "Maria" },
  };
}

/** What was said in one of the demo's calls. */
export function demoTalk(name: string): Utterance[] {
  const call = DemoCall.parse(JSON.parse(readFileSync(`resources/demo/calls/${name}/call.json`, "utf8")));
  return call.turns.map(({ words, ...turn }, at) => {
    const timing = words.flatMap(({ startMs, endMs }) => [startMs - turn.startMs, endMs - startMs]);
    return { ...turn, id: RecordId.parse(`turn-${at}`), timing, revision: 1, final: true };
  });
}
