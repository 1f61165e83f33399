import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import type { Letters } from "../auth/index.ts";

/**
 * Until there is a mail server, letters are written to a file that only the server's owner can read: their links are as
 * good as a password, so they stand in no log.
 */
export function writeToFile(dataDir: string, log: { info(text: string): void }): Letters {
  const file = join(dataDir, "letters.jsonl");
  return {
    areMailed: false,
    async send(_tx, letter) {
      await appendFile(file, `${JSON.stringify(letter)}\n`, { mode: 0o600 });
      log.info(`A letter (${letter.kind}) was written to ${file}`);
    },
  };
}
