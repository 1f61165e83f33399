import { visitorWords } from "../../../shared/assistant/chats.ts";
import type { Chat } from "../../../shared/entities/insight.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { leadScore } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { factsAt, leadFeatures, leadPrior } from "../../../shared/scoring/conversion/lead-facts.ts";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { predictConversion } from "../../../shared/scoring/conversion/predict.ts";
import { priorModel } from "../../../shared/scoring/conversion/prior-model.ts";
import { touchOf, type LeadHistory, type TouchRecord } from "../../../shared/scoring/lead/history.ts";
import type { StageOutcome } from "../../../shared/scoring/lead/levels.ts";
import { scoreLead } from "../../../shared/scoring/lead/score-lead.ts";
import { emotionsOf, wordsThatShow } from "../../../shared/sentiment/emotions.ts";
import { keyPhrasesOf } from "../../../shared/sentiment/key-phrases.ts";
import { rateText } from "../../../shared/sentiment/sentiment.ts";
import { urgencyOf, type Urgency } from "../../../shared/sentiment/urgency.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Reads } from "../replica.ts";
import { concernsLead } from "./lead-profile.ts";

type Answer = OutputOf<typeof leadScore>;
type Passed = TouchRecord & { text: string; said: boolean };

/** What passes between somebody and us, by when it did. */
const timeFields = { calls: "startedAt", messages: "at", appointments: "startAt", insights: "at" } as const;
const passing = ["calls", "messages", "appointments", "insights"] as const;
/** Of each, the newest. */
const mostCounted = 500;
/** Of what else coaching knows of calls the call itself speaks. */
const chatsAlone = "and id >= 'chat:' and id < 'chat;'";
/** The latest texts say how things stand. */
const textsRead = 5;
const mostEmotions = 2;
/** "Today", "by Friday": what could not wait so long ago has been settled, or is lost. */
const urgentForMs = 7 * 86_400_000;
/** Of one chat its end. */
const longestChat = 4_000;
/** Until the server has learned from the organisation's own outcomes. */
const beforeOutcomes = priorModel(leadFeatures, leadPrior);

/** Score, probability and mood of one lead, of what this machine holds; nothing is asked of the server. */
export function createLeadScore(
  reads: Reads,
  settings: Pick<TenantSettings, "ready" | "conversion" | "stages" | "onChange">,
  clock: Clock,
): QueryHandler<typeof leadScore> {
  return liveQuery<typeof leadScore>(
    { reads },
    {
      dependsOn: ["leads", ...passing],
      affects: (change, { id }) => concernsLead(change, id),
      alsoOn: (rerun) =>
        settings.onChange((kinds) => (kinds.has("conversion") || kinds.has("stage")) && rerun()),
      async read({ id }) {
        await settings.ready;
        const lead = await reads.get("leads", id);
        if (lead === null) return { score: null, conversion: null, said: null };
        const passed = await readPassed(reads, id);
        const outcome = settings.stages("leads").find(({ key }) => key === lead.stage)?.outcome ?? "open";
        return judge(lead, passed, { model: settings.conversion(), outcome }, clock.now());
      },
    },
  );
}

type Known = { model: ConversionModel | null; outcome: StageOutcome };

function judge(lead: Lead, passed: readonly Passed[], { model, outcome }: Known, nowMs: number): Answer {
  const touches = passed.flatMap((record) => touchOf(record) ?? []).toSorted((a, b) => a.at - b.at);
  const history: LeadHistory = { lead, touches };
  const { score: total, ...rest } = scoreLead(history, nowMs, outcome);
  return {
    score: { total, ...rest },
    // Who is won or lost is not to be won.
    conversion: outcome === "open" ? convert(model, history, nowMs) : null,
    said: hear(passed.filter(({ said, text }) => said && text.trim() !== "").slice(0, textsRead), nowMs),
  };
}

function convert(model: ConversionModel | null, history: LeadHistory, nowMs: number): Answer["conversion"] {
  const { reasons, ...expected } = predictConversion(model ?? beforeOutcomes, factsAt(history, nowMs));
  const learned = model && { version: model.version, trainedAt: model.trainedAt, contacts: model.contacts };
  return { ...expected, learned, reasons: reasons.map(({ words }) => words) };
}

function hear(heard: readonly Passed[], nowMs: number): Answer["said"] {
  if (heard.length === 0) return null;
  const texts = heard.map(({ text }) => text);
  const all = texts.join("\n");
  const { level, because } = urgencyNow(heard, nowMs);
  return {
    ...{ sentiment: rateText(all).sentiment, texts: texts.length },
    emotions: emotionsOf(all)
      .slice(0, mostEmotions)
      .map((shown) => ({ emotion: shown.emotion, because: wordsThatShow(shown) })),
    phrases: keyPhrasesOf(all, 3),
    ...{ urgency: level, urgentWords: because },
  };
}

/** As the newest text has it that says anything of it: a calm word is about what came before it, and about nothing later. */
function urgencyNow(heard: readonly Passed[], nowMs: number): Urgency {
  const lately = heard.filter((one) => nowMs - Date.parse(timeOf(one)) <= urgentForMs);
  const each = lately.map(({ text }) => urgencyOf(text));
  return (
    each.find(({ level, because }) => level !== "none" || because.length > 0) ?? {
      level: "none",
      because: [],
    }
  );
}

/** What passed, latest first; `said`: it is theirs, or about what they said. */
async function readPassed(reads: Reads, leadId: string): Promise<Passed[]> {
  const rows = await Promise.all(passing.map((collection) => readHanging(reads, collection, leadId)));
  return rows.flat().toSorted((a, b) => timeOf(b).localeCompare(timeOf(a)));
}

async function readHanging(
  reads: Reads,
  collection: (typeof passing)[number],
  leadId: string,
): Promise<Passed[]> {
  // Nulls first, which no index on the time gives backwards: the lead's is read, and what it finds is sorted.
  const rows = await reads.sql<{ doc: Record<string, unknown> }>(
    `select ${recordSql} as doc from ${reads.table(collection)}
     where not deleted and doc->>'leadId' = $1 ${collection === "insights" ? chatsAlone : ""}
     order by doc->>'${timeFields[collection]}' desc nulls first limit ${mostCounted}`,
    [leadId],
  );
  return rows.map(({ doc }) => {
    if (collection === "insights") return chatPassed(doc as Chat);
    const text = collection === "calls" ? doc["summary"] || doc["notes"] : doc["text"];
    const said = collection === "calls" || doc["direction"] === "inbound";
    return { ...doc, collection, said, text: typeof text === "string" ? text : "" } as Passed;
  });
}

function chatPassed(chat: Chat): Passed {
  const { at, outcome } = chat;
  const text = visitorWords(chat).join("\n").slice(-longestChat);
  return { collection: "insights", at, outcome, said: outcome !== "spam", text };
}

function timeOf(record: TouchRecord): string {
  if (record.collection === "calls") return record.startedAt;
  return record.collection === "appointments" ? record.startAt : record.at;
}
