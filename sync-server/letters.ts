import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deliver } from "./auth/index.ts";

/**
 * Until there is mail, invitations and resets are written to a file that only the server's owner can read: their
 * links are as good as a password, so they stand in no log.
 */
export function deliverToFile(dataDir: string, log: { info(text: string): void }): Deliver {
  const file = join(dataDir, "letters.jsonl");
  return async (letter) => {
    await appendFile(file, `${JSON.stringify(letter)}\n`, { mode: 0o600 });
    log.info(`A letter (${letter.kind}) was written to ${file}`);
  };
}
