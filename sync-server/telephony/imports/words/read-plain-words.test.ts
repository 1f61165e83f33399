import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPlainWords } from "./read-plain-words.ts";

test("a transcript of nothing but turns is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ringside-words-"));
  const file = join(folder, "one.json");
  await writeFile(
    file,
    JSON.stringify({ turns: [{ speaker: "caller", startMs: 1, endMs: 2, text: "Hello?" }] }),
  );
  expect(await readPlainWords(file)).toMatchObject({
    ok: true,
    value: {
      call: { agent: "", startedAt: "", direction: "inbound", utterances: [{ speaker: "customer" }] },
    },
  });
  await rm(folder, { recursive: true });
});
