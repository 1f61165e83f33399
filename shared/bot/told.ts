import type { Slot } from "./conversation.ts";
import { phoneIn } from "./phone-in.ts";

/** What a visitor has let us know of themselves; empty = nothing. As they wrote it: nobody has checked any of it. */
export type Told = { name: string; email: string; phone: string; need: string; when: string };

export const toldNothing: Told = { name: "", email: "", phone: "", need: "", when: "" };

const longestName = 80;
const email = /[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]{1,190}\.[\p{L}]{2,24}/u;
const named = /\b(?:[Mm]y name is|[Ii] am(?: called)?|[Ii]['’]m|[Tt]his is)\s+(\p{Lu}[\p{L}'’.-]*(?:\s+\p{Lu}[\p{L}'’.-]*){0,3})/u; // prettier-ignore

/**
 * What is known after somebody has said something: addresses and telephone numbers wherever they stand, and the answer
 * to what was asked. Of two addresses the later holds.
 */
export function readTold(before: Told, said: string, asked: Slot | null): Told {
  const found = {
    email: email.exec(said)?.[0] ?? "",
    phone: phoneIn(said.replace(email, "|"), asked),
    name: named.exec(said)?.[1]?.slice(0, longestName) ?? "",
  };
  const told = {
    ...before,
    email: found.email || before.email,
    phone: found.phone || before.phone,
    name: found.name || before.name,
  };
  if (isQuestion(said)) return told;
  const answer = said.trim().replaceAll(/\s+/gu, " ").slice(0, 200);
  // What was asked is answered once: more that is said before the bot goes on is not the answer any more.
  if (asked === "name" && told.name === "") return { ...told, name: answer.slice(0, longestName) };
  if (asked === "when" && told.when === "") return { ...told, when: answer };
  if ((asked === "need" || asked === "trouble") && told.need === "") return { ...told, need: answer };
  return told;
}

/** Whoever asks something has not answered. */
export function isQuestion(said: string): boolean {
  return /[?？؟]\s*$/u.test(said);
}
