import { z } from "zod";
import type { ProviderKind } from "./vocabulary.ts";

// Models that think before they answer: what they think is billed, and counts toward the most that they may write.

const ReasoningEffort = z.enum(["none", "minimal", "low", "medium", "high"]);
type ReasoningEffort = z.infer<typeof ReasoningEffort>;

/** `unsaid`: nothing is sent, and the provider's own usual one holds. */
export const EffortChoice = z.enum(["unsaid", ...ReasoningEffort.options]);
export type EffortChoice = z.infer<typeof EffortChoice>;

/** `tokens`: how many it may think with beside those of its answer; 0 = it does not think. `effort` null: unsaid. */
export type Reasoning = { tokens: number; effort: ReasoningEffort | null };

type Named = { kind: ProviderKind; wireName: string };
/** What somebody has said of a model in the catalogue; null = what its name says holds. */
type Said = { reasoningTokens: number | null; reasoningEffort: EffortChoice | null };

export const noReasoning: Reasoning = { tokens: 0, effort: null };

/** How a model thinks, as the catalogue says, and where it does not, as its name does. */
export function reasoningOf(named: Named, { reasoningTokens, reasoningEffort }: Said): Reasoning {
  const byName = reasoningByName(named);
  const effort = reasoningEffort === "unsaid" ? null : (reasoningEffort ?? byName.effort);
  return { tokens: reasoningTokens ?? byName.tokens, effort };
}

/** Short answers take hundreds of tokens of thinking at a low effort, and a thousand and more at the usual one. */
const afterLittle = 2_000;
const usual = 4_000;
/** Where nobody can ask for less. */
const untold = 8_000;

/**
 * Hidden behind a name of somebody's own, as Azure's deployments may be, no model is known: then nothing is assumed. A
 * model that the name says nothing of has none, either. An effort that a model does not know is answered 400, so it is
 * said to those alone that take it; no server of OpenAI's form is sure to know the word.
 */
export function reasoningByName({ kind, wireName }: Named): Reasoning {
  const name = bareName(wireName);
  const found = families.find(({ of }) => of.test(name));
  if (!found) return noReasoning;
  const { tokens, effort } = found;
  return kind === "compatible" && effort !== null ? { tokens: usual, effort: null } : { tokens, effort };
}

/** Aggregators put a maker before it: “openai/gpt-5-mini”. */
function bareName(wireName: string): string {
  return wireName.slice(wireName.lastIndexOf("/") + 1).toLowerCase();
}

/** The first that fits. In names of Azure's deployments GPT-3.5 is 35, GPT-4.1 is 41: these do not think. */
const families: readonly ({ of: RegExp } & Reasoning)[] = [
  { of: /^gpt-5-chat/u, ...noReasoning },
  // They think as long as they like: of these words they know no low one.
  {
    of: /^gpt-(?:[5-9]|(?!35|4\d)\d\d)\b.*(?:chat|pro)\b|^o1-(?:mini|preview|pro)|^o3-pro/u,
    tokens: untold,
    effort: null,
  },
  { of: /^gpt-5(?:-mini|-nano)?(?:-\d{4}-\d\d-\d\d)?$/u, tokens: afterLittle, effort: "minimal" },
  { of: /^gpt-(?:[5-9]|(?!35|4\d)\d\d)\b|^o[134](?:-mini)?(?:-\d|$)/u, tokens: usual, effort: "low" },
  // Those before think only where they are told to, which they are not.
  { of: /^claude-(?:[a-z]+-)?(?:[5-9]|\d\d)\b/u, tokens: usual, effort: "low" },
  { of: /^claude-mythos/u, tokens: usual, effort: "low" },
  { of: /^(?:gpt-oss|qwq|qwen-?3|magistral|deepseek-(?:r\d|reasoner))|[-_](?:r1|thinking|reasoning)\b/u, tokens: usual, effort: null }, // prettier-ignore
];
