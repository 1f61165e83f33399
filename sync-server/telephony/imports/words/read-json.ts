import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { err, ok, type Result } from "../../../../shared/result/result.ts";

/** A working day of talk with the times of each word has a tenth of it. */
const mostBytes = 32_000_000;

/** The text of a file, or what is wrong with it. */
export async function readText(path: string, what = "transcript"): Promise<Result<string, string>> {
  const bytes = await stat(path).then(({ size }) => size, () => null); // prettier-ignore
  if (bytes === null) return err(`has no ${what}`);
  if (bytes > mostBytes) return err(`has a ${what} of more than 32 MB`);
  // No database takes a NUL, and no text means one.
  return ok((await readFile(path, "utf8")).replace(/^\uFEFF/u, "").replaceAll("\0", ""));
}

/**
 * A file of JSON by its schema, or what is wrong with it and where.
 * @param what it is, as an error calls it
 */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  what = "transcript",
): Promise<Result<T, string>> {
  const text = await readText(path, what);
  if (!text.ok) return text;
  const parsed = schema.safeParse(parse(text.value));
  if (parsed.success) return ok(parsed.data);
  const { path: at = [], message = "" } = parsed.error.issues[0] ?? {};
  return err(`has a ${what} of another form: ${at.join(".") || "the file"}: ${message}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
