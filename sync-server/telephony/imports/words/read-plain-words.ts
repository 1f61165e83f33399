import { z } from "zod";
import { err, ok, type Result } from "../../../../shared/result/result.ts";
import {
  cleanText,
  latestMs,
  latestStartMs,
  mostUtterances,
  tidyUtterances,
  timingOf,
  type ImportedCall,
  type ImportedUtterance,
} from "../imported-call.ts";
import { readJson, readText } from "./read-json.ts";
import { readVtt, type Vtt } from "./read-vtt.ts";
import type { Told } from "./told.ts";

const ms = z.number().min(0).max(latestMs);
const Direction = z.enum(["inbound", "outbound"]);
const Beginning = z.iso.datetime({ offset: true }).refine((at) => {
  const startMs = Date.parse(at);
  return startMs >= 0 && startMs <= latestStartMs;
}, "is no time between 1970 and 2096");

const Turn = z.object({
  speaker: z.enum(["agent", "customer", "caller"]),
  startMs: ms,
  endMs: ms,
  text: z.string().max(100_000),
  words: z.array(z.object({ startMs: ms, endMs: ms })).max(20_000).default([]), // prettier-ignore
});
const Plain = z.object({
  startedAt: Beginning.optional(),
  direction: Direction.default("inbound"),
  /** E-mail address; a name alone says nothing that could be looked up. */
  agent: z.unknown().optional(),
  customer: z.object({ phone: z.string().max(40).default("") }).optional(),
  title: z.string().max(2_000).default(""),
  turns: z.array(Turn).max(mostUtterances),
});

/** The plain form's transcript, JSON or WebVTT. Empty `startedAt`: it does not say. */
export async function readPlainWords(file: string): Promise<Result<Told, string>> {
  const call = await (file.endsWith(".json") ? fromJson(file) : fromVttFile(file));
  return call.ok ? ok({ call: call.value, agentMs: 0, customerMs: 0 }) : call;
}

async function fromJson(path: string): Promise<Result<ImportedCall, string>> {
  const read = await readJson(path, Plain);
  if (!read.ok) return read;
  const { turns, customer, agent, title, startedAt = "", direction } = read.value;
  return ok({
    ...{ startedAt, direction, note: cleanText(title), customerPhone: cleanText(customer?.phone ?? "") },
    agent: typeof agent === "string" ? cleanText(agent) : "",
    utterances: tidyUtterances(turns.map(toUtterance)),
  });
}

function toUtterance({ speaker, startMs, endMs, text, words }: z.infer<typeof Turn>): ImportedUtterance {
  const offsets = words.map((word) => word.startMs - startMs);
  const lengths = words.map((word) => word.endMs - word.startMs);
  const isCustomer = speaker !== "agent";
  return { speaker: isCustomer ? "customer" : "agent", startMs, endMs, text, timing: timingOf(text, offsets, lengths) }; // prettier-ignore
}

async function fromVttFile(path: string): Promise<Result<ImportedCall, string>> {
  const text = await readText(path);
  if (!text.ok) return text;
  const read = readVtt(text.value);
  return read.ok ? fromVtt(read.value) : read;
}

function fromVtt({ facts, utterances }: Vtt): Result<ImportedCall, string> {
  const begun = Beginning.safeParse(facts.get("started") ?? "");
  if (facts.has("started") && !begun.success) return err("does not say when it began as ISO 8601");
  const way = Direction.safeParse(facts.get("direction") ?? "inbound");
  if (!way.success) return err("goes neither inbound nor outbound");
  return ok({
    startedAt: begun.success ? begun.data : "",
    direction: way.data,
    agent: facts.get("agent") ?? "",
    customerPhone: facts.get("customer")?.slice(0, 40) ?? "",
    note: cleanText(facts.get("title") ?? ""),
    utterances: tidyUtterances(utterances),
  });
}
