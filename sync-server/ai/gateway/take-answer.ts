import type { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { findForeignWords } from "../safety/check-words.ts";
import { mapStrings } from "../safety/hide-personal-data.ts";
import type { Composed } from "./compose-question.ts";

/**
 * A model's text as the data that was asked for, with what was hidden put back.
 * @returns or what is wrong, in words for the model
 */
export function takeAnswer<Output>(
  schema: z.ZodType<Output>,
  { restore, given }: Composed,
  text: string,
): Result<Output, string> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const texts: string[] = [];
  const restored = mapStrings(json.value, (found) => {
    const shown = restore(storableText(found));
    texts.push(shown);
    return shown;
  });
  const parsed = schema.safeParse(restored);
  if (!parsed.success) return err(problemsOf(parsed.error));
  const foreign = findForeignWords(texts, given);
  return foreign === null ? ok(parsed.data) : err(foreign);
}

function problemsOf({ issues }: z.ZodError): string {
  const problems = issues.slice(0, 8).map((issue) => `${issue.path.join(".") || "answer"}: ${issue.message}`);
  return `${problems.join("; ")}.`;
}

/** No database column holds NUL or half a character. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** Models wrap JSON into a code block, whatever they are asked. */
const codeBlock = /^```(?:json)?\s*([\s\S]*?)\s*```$/u;

function parseJson(text: string): Result<unknown, string> {
  const bare = text.trim();
  try {
    return ok(JSON.parse(codeBlock.exec(bare)?.[1] ?? bare));
  } catch {
    return err("it is no complete JSON.");
  }
}
