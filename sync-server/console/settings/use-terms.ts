import type { z } from "zod";
import { BusinessSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";

export type Terms = z.output<typeof BusinessSettings>["terms"];
export type Term = keyof Terms;

const plain: Terms = {
  lead: "lead",
  leads: "leads",
  deal: "deal",
  deals: "deals",
  listing: "listing",
  listings: "listings",
};

/** The tenant's words, and at the beginning of a sentence with a capital. */
export function useTerms(): { term: (key: Term) => string; Term: (key: Term) => string } {
  const terms = useAnswer("/business", BusinessSettings).value?.terms;
  const term = (key: Term) => terms?.[key] || plain[key];
  return { term, Term: (key) => capitalise(term(key)) };
}

export function capitalise(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
