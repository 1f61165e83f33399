import { readFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../resources/prompts");
const read = new Map<string, string>();

/**
 * The instructions of a task. A prompt that was used is never changed: another wording is another version, so that
 * what was generated can be told apart by it.
 * @throws where there is no such file
 */
export async function readPrompt(name: string, version: number): Promise<string> {
  const file = `${name}.v${version}.md`;
  const text = read.get(file) ?? (await readFile(join(folder, file), "utf8"));
  read.set(file, text);
  return text;
}
