import { createHash } from "node:crypto";
import { z } from "zod";
import { sealedWords, Letter } from "../../../shared/assistant/letters/approval.ts";
import { splitEmail } from "../../../shared/assistant/writing/split-email.ts";

/** Whose business a row of the queue is. */
export const letterKind = "assistant.letter";

/** What the queue keeps of a letter, as it is shown to whoever decides. */
export const LetterPayload = z.object({
  letter: Letter,
  /** What the output rules objected to is why somebody else has to look. */
  flagged: z.boolean(),
  letterHash: z.string(),
  /** The writer's own name of it: a later text takes the place of one that waits. */
  draftId: z.string(),
});
export type LetterPayload = z.infer<typeof LetterPayload>;

/** SHA-256, in hex. */
export function hashOf(letter: Letter): string {
  return createHash("sha256").update(sealedWords(letter)).digest("hex");
}

const longestTitle = 120;

/** The subject of an e-mail, the beginning of a text message. */
export function titleOf({ about, text }: Letter): string {
  const title = about === "email" ? splitEmail(text).subject : text.trim();
  const line = (title || "Without a subject").replaceAll(/\s+/gu, " ");
  return line.length > longestTitle ? `${line.slice(0, longestTitle - 1).toWellFormed()}…` : line;
}
