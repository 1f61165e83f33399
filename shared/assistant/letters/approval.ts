import { z } from "zod";
import { RecordId, recordIdOf } from "../../entities/id.ts";
import type { LetterRules } from "../../entities/setting.ts";

// Which letters written with AI need a second person before they leave, and what exactly is approved
// (docs/decisions/0035-a-second-person-reads.md). Desk and server ask the same.

export type SecondPerson = LetterRules["secondPerson"];

/** What holds where a tenant has decided nothing. */
export const usualSecondPerson: SecondPerson = "flagged";

/** Why a letter is held: the output rules objected to it, or every letter is. */
export const WhyHeld = z.enum(["flagged", "always"]);
export type WhyHeld = z.infer<typeof WhyHeld>;

/** @returns null = it may leave */
export function whyHeld(rule: SecondPerson, flagged: boolean): WhyHeld | null {
  if (rule === "never") return null;
  if (flagged) return "flagged";
  return rule === "always" ? "always" : null;
}

/** As much as is kept of what somebody makes of a draft. */
export const longestLetter = 50_000;

/** What is approved: these words, to this person, in this way. An e-mail begins with its subject, as `splitEmail` reads it. */
export const Letter = z.strictObject({
  about: z.enum(["email", "message"]),
  leadId: RecordId,
  text: z.string().min(1).max(longestLetter),
});
export type Letter = z.infer<typeof Letter>;

/** The same for the same letter alone: what an approval's hash is made of. */
export function sealedWords({ about, leadId, text }: Letter): string {
  return JSON.stringify([about, leadId, text]);
}

/** @param letterHash SHA-256 of `sealedWords`, in hex. @returns the same for the same letter of the same person: to ask twice is to ask once */
export function approvalIdOf(askedById: string, letterHash: string): RecordId {
  return recordIdOf(`approval:${askedById}:${letterHash}`);
}
