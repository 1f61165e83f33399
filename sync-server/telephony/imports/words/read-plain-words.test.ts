import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPlainWords } from "./read-plain-words.ts";

const turns = [{ speaker: "caller", startMs: 1, endMs: 2, text: "Hello?" }];

async function readAs(name: string, content: unknown) {
  const folder = await mkdtemp(join(tmpdir(), "ringside-words-"));
  try {
    await writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
    return await readPlainWords(join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a transcript of nothing but turns is read", async () => {
  expect(await readAs("one.json", { turns })).toMatchObject({
    ok: true,
    value: {
      call: { agent: "", startedAt: "", direction: "inbound", utterances: [{ speaker: "customer" }] },
    },
  });
});

test("nothing is read that a database would not take", async () => {
  const long = [{ ...turns[0], text: `${"x".repeat(19_999)}\u{1F600}` }];
  const read = await readAs("one.json", {
    agent: "a\u0000na",
    customer: { phone: "+1\u0000312" },
    turns: long,
  });
  expect(read).toMatchObject({ value: { call: { agent: "ana", customerPhone: "+1312" } } });
  expect(read.ok && read.value.call.utterances[0]?.text.isWellFormed()).toBe(true);
  const vtt = "WEBVTT\n\nNOTE\nagent: a\u0000na\n\n00:01.000 --> 00:02.000\n<v Agent>Hi";
  expect(await readAs("one.vtt", vtt)).toMatchObject({ value: { call: { agent: "ana" } } });
});

test.each(["0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])("no call began at %s", async (startedAt) => {
  expect(await readAs("one.json", { startedAt, turns })).toMatchObject({ ok: false });
});
