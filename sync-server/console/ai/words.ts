import type { EffortChoice } from "../../../shared/ai/reasoning.ts";
import { AiFeature, type ModelRole } from "../../../shared/ai/vocabulary.ts";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import type { AccountKind, AiLimit } from "../../admin/ai/wire.ts";

export const featureWords: Record<AiFeature, string> = {
  transcript: "Listening to calls",
  coaching: "Coaching",
  meaning: "Meaning in calls",
  writing: "Writing",
  listing: "Listings",
  "deal-insight": "Deal insight",
  matching: "Matching",
  sentiment: "Sentiment",
  recommendation: "Recommendations",
  chat: "Chat bot",
  assistant: "Assistant",
  picture: "Pictures",
};
/** Calls' moods and recommendations are Ringside's own work: no model is asked, so there is nothing to limit. */
const askNobody: readonly AiFeature[] = ["sentiment", "recommendation"];
export const limitedFeatures = choicesOf(featureWords).filter(({ value }) => !askNobody.includes(value));
/** Calls are listened to by whoever the server's settings name, and by no model of the catalogue. */
export const features = limitedFeatures.filter(({ value }) => value !== "transcript");

export const roleWords: Record<ModelRole, string> = {
  large: "Large",
  small: "Small",
  embedding: "Embeddings",
  picture: "Pictures",
};
export const roles = choicesOf(roleWords);

export const effortWords: Record<EffortChoice, string> = {
  unsaid: "The provider's usual one",
  none: "None",
  minimal: "Minimal",
  low: "Low",
  medium: "Medium",
  high: "High",
};
export const efforts = choicesOf(effortWords);

export const kindWords: Record<AccountKind, string> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  azure: "Azure OpenAI",
  compatible: "Another of OpenAI's form",
};
export const kinds = choicesOf(kindWords);

/** What an account of a kind begins with. */
export const presets: Record<AccountKind, { baseUrl: string; apiVersion: string | null; hint: string }> = {
  openai: { baseUrl: "https://api.openai.com/v1", apiVersion: null, hint: "Up to and including /v1" },
  anthropic: { baseUrl: "https://api.anthropic.com", apiVersion: null, hint: "Without a path" },
  azure: { baseUrl: "", apiVersion: "2024-10-21", hint: "https://NAME.openai.azure.com" },
  compatible: { baseUrl: "", apiVersion: null, hint: "Up to and including /v1, e.g. of Ollama or vLLM" },
};

export const measureWords: Record<AiLimit["measure"], string> = {
  money: "Money",
  tokens: "Tokens",
  requests: "Requests",
  minutes: "Minutes",
};
export const periodWords: Record<AiLimit["period"], string> = {
  minute: "Minute",
  day: "Day",
  week: "Week",
  month: "Month",
};

/** How questions to models came out. */
const outcomeWords: Record<string, string> = {
  answered: "Answered",
  unreachable: "Not reached",
  failed: "Failed",
  busy: "Busy",
  "timed-out": "Too slow",
  "cut-off": "Broke off",
  "no-access": "Key not taken",
  refused: "Refused",
  "too-long": "Too long",
  unreadable: "Not readable",
  unsupported: "Not supported",
  invalid: "Not of the form",
  lost: "Lost with its server",
};

export function sayOutcome(outcome: string): string {
  return outcomeWords[outcome] ?? outcome;
}

const dayWords = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** "1 Nov 2026" of 2026-11-01. */
export function sayDay(day: string): string {
  return dayWords.format(new Date(`${day}T00:00:00Z`));
}

export function choicesOf<Value extends string>(words: Record<Value, string>) {
  return (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));
}

const nanoDollars = 1_000_000_000;
const cents = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const fractions = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumSignificantDigits: 2,
});

/** Of billionths of a dollar: "$12.40", and "$0.0031" of what is less than a cent. */
export function sayCost(nano: number): string {
  const dollars = nano / nanoDollars;
  return (dollars > 0 && dollars < 0.01 ? fractions : cents).format(dollars);
}

const minuteMs = 60_000;

/** An amount in a limit's measure. */
export function sayAmount(amount: number, measure: AiLimit["measure"]): string {
  if (measure === "minutes") return formatCount(Math.ceil(amount / minuteMs));
  return measure === "money" ? sayCost(amount) : formatCount(amount);
}

/** Of what was typed, e.g. "1,200.50"; null: no amount. */
export function readAmount(typed: string, measure: AiLimit["measure"]): number | null {
  const number = readNumber(typed.replace(/^\$/u, ""));
  if (number === null) return null;
  if (measure === "minutes") return Math.round(number * minuteMs);
  return measure === "money" ? Math.round(number * nanoDollars) : Math.round(number);
}

/** Null: no number of nothing or more. */
export function readNumber(typed: string): number | null {
  const text = typed.replaceAll(/[\s,]/gu, "");
  return /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : null;
}

const microDollars = 1_000_000;

/** A minute of sound costs less than a cent. */
const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** Of a price, in millionths of a dollar: "$0.15", "$0.0043". */
export function sayPrice(micro: number): string {
  return `$${exact.format(micro / microDollars)}`;
}

/** "$0.15 in, $0.60 out, a million tokens", "$0.04 a picture". */
export function sayRates({ input, output, picture = 0 }: Rates): string {
  const tokens = `${sayPrice(input)} in, ${sayPrice(output)} out, a million tokens`;
  if (picture === 0) return tokens;
  return input + output === 0 ? sayPicture(picture) : `${sayPicture(picture)}, ${tokens}`;
}
type Rates = { input: number; output: number; picture?: number };

function sayPicture(price: number): string {
  return `${sayPrice(price)} a picture`;
}

export function readPrice(typed: string): number | null {
  const dollars = readNumber(typed.replace(/^\$/u, ""));
  return dollars === null ? null : Math.round(dollars * microDollars);
}

/** A feature by its name; one of an earlier version as it is written. */
export function sayFeature(feature: string): string {
  const known = AiFeature.safeParse(feature);
  return known.success ? featureWords[known.data] : feature;
}

/**
 * Nothing stands out of the model of who converts.
 * @param known.compared there are enough calls to compare with those before
 * @param known.judged enough calls have an outcome to judge it by
 */
export function sayCalm({ compared, judged }: { compared: boolean; judged: boolean }): string {
  if (!compared) return "Too few calls to say whether anything has changed.";
  const alike = "Nothing has changed: the latest calls are like those before them";
  return judged
    ? `${alike}, and its probabilities still hold.`
    : `${alike}. Whether its probabilities hold cannot be said yet.`;
}
