import type { RecordId } from "../../../shared/entities/id.ts";
import type { Scoring } from "../../../shared/entities/insight.ts";
import type { Scorecard } from "../../../shared/entities/setting.ts";
import type { insightReview } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { readNotes } from "./notes.ts";
import { scorecardOf, type InsightPorts } from "./scope.ts";
import { readWaves } from "./waves.ts";

type Review = OutputOf<typeof insightReview>;

/** What people made of one call. Somebody else's scoring is not shown before one's own is given. */
export async function readReview(ports: InsightPorts, callId: RecordId): Promise<Review> {
  const { reads, me } = ports.replica;
  const found = await reads.get("insights", `report:${callId}`);
  const report = found?.kind === "report" ? found : null;
  const { wave = [], durationMs = 0 } = (await readWaves(reads, [callId])).get(callId) ?? {};
  const notes = await readNotes(reads, "doc->>'callId' = $1", [callId]);
  const scorings = notes.filter((note) => note.kind === "scoring");
  const mine = scorings.find(({ byId }) => byId === me.userId) ?? null;
  const others = me.role === "agent" ? [] : scorings.filter(({ byId }) => byId !== me.userId);
  return {
    durationMs: Math.max(durationMs, Math.round(report?.metrics["durationMs"] ?? 0)),
    wave,
    moments: report?.moments ?? [],
    comments: notes.filter((note) => note.kind === "comment"),
    assignments: notes.filter((note) => note.kind === "assignment"),
    scorecard: shownCard(cardOf(ports, report?.scorecard ?? "", report?.teamId ?? null)),
    mine,
    ...blind(others, mine),
  };
}

function blind(others: Scoring[], mine: Scoring | null): Pick<Review, "others" | "hidden"> {
  return mine === null ? { others: [], hidden: others.length } : { others, hidden: 0 };
}

function cardOf({ settings }: InsightPorts, key: string, teamId: string | null): Scorecard | null {
  return settings.scorecards().find((card) => card.key === key) ?? scorecardOf(teamId, settings);
}

/** What people are to judge; where the tenant leaves everything to figures, all of it. */
function shownCard(card: Scorecard | null): Review["scorecard"] {
  if (!card) return null;
  const byPeople = card.criteria.filter(({ by }) => by.kind === "person");
  const criteria = (byPeople.length > 0 ? byPeople : card.criteria).map(({ key, label }) => ({ key, label }));
  return { key: card.key, label: card.label, criteria };
}
