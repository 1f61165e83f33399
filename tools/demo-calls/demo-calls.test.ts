import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { OggOpusDecoder } from "ogg-opus-decoder";
import { describe, expect, test } from "vitest";
import { DemoCall, DemoGreetings, type DemoTurn } from "../../shared/calls/demo-call.ts";
import { calendarAt } from "../../sync-server/demo/calendar.ts";
import { demoTimeZone } from "../../sync-server/demo/configuration.ts";
import { featuredLeads } from "../../sync-server/demo/featured-leads.ts";
import { root } from "../processes.ts";
import { parseScript } from "./parse-script.ts";

const calls = join(root, "resources/demo/calls");
const greetings = join(root, "resources/demo/greetings");
const names = readdirSync(calls);
const readCall = (name: string) =>
  DemoCall.parse(JSON.parse(readFileSync(join(calls, name, "call.json"), "utf8")));
const sides = ["agent", "customer"] as const;

test("eight calls sell, one helps, one collects, and all of it is small", () => {
  const purposes = names.map((name) => readCall(name).purpose).sort();
  expect(purposes).toEqual(["collections", ...Array(8).fill("sales"), "support"]);
  const bytes = names.flatMap((name) =>
    sides.map((side) => statSync(join(calls, name, `${side}.opus`)).size),
  );
  expect(Math.max(...bytes)).toBeLessThan(250_000);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_000_000);
});

test("whoever is called says a name first", () => {
  const first = { inbound: "agent", outbound: "customer" } as const;
  for (const { direction, turns } of names.map(readCall)) expect(turns[0]?.speaker).toBe(first[direction]);
});

test("customers are leads of the demo tenant, or nobody that it knows", () => {
  const leads = featuredLeads(calendarAt("2026-11-20T15:00:00.000Z", demoTimeZone)).map(({ lead }) => lead);
  const callers = names.map((name) => readCall(name).customer);
  const known = callers.filter(({ phone }) => leads.some((lead) => lead.phone === phone));
  expect(known.length).toBe(8);
  for (const { name, phone, company } of known)
    expect(leads.find((lead) => lead.phone === phone)).toMatchObject({ name, company });
  for (const { phone } of callers) expect(phone).toMatch(/^\+1\d{3}55501\d\d$/u);
});

test("what the calls are for is in them: a price, who decides, people who talk into each other", () => {
  const all = names.map(readCall);
  const texts = all.map(({ turns }) => turns.map(({ text }) => text).join("\n"));
  expect(texts.filter((text) => /more than (?:we|they) pay/u.test(text)).length).toBeGreaterThanOrEqual(3);
  expect(texts.filter((text) => /decide|signs|approve|board/u.test(text)).length).toBeGreaterThanOrEqual(8);
  for (const { title, turns, durationMs } of all) {
    expect([title, overlaps(turns) >= 1]).toEqual([title, true]);
    expect(durationMs).toBeGreaterThanOrEqual(60_000);
    expect(durationMs).toBeLessThanOrEqual(150_000);
  }
});

describe.each(names)("%s", (name) => {
  const call = readCall(name);

  test("says what its script says, in its order and words", () => {
    const script = parseScript(readFileSync(join(calls, name, "script.txt"), "utf8"));
    const spoken = call.turns.map(({ speaker, text }) => `${speaker}: ${text}`).sort();
    expect(spoken).toEqual(script.lines.map(({ speaker, text }) => `${speaker}: ${text}`).sort());
    for (const { text, words } of call.turns) expect(words.map((word) => word.text).join(" ")).toBe(text);
  });

  test.each(sides)("%s.opus is one channel, exactly as long as the call", (side) => {
    const file = readFileSync(join(calls, name, `${side}.opus`));
    expect(channelsOf(file)).toBe(1);
    expect(durationOf(file)).toBe(call.durationMs);
  });

  test.each(sides)("%s is heard where the transcript says so, and nowhere else", async (side) => {
    const samples = await decode(readFileSync(join(calls, name, `${side}.opus`)));
    const own = call.turns.filter(({ speaker }) => speaker === side);
    expect(own.length).toBeGreaterThan(5);
    for (const { startMs, endMs, text } of own) expect([text, loudness(samples, startMs, endMs) > 0.02]).toEqual([text, true]); // prettier-ignore
    const words = own.flatMap((turn) => turn.words);
    const silentWords = words.filter(({ startMs, endMs }) => loudness(samples, startMs, endMs) < 0.004);
    expect(silentWords).toEqual([]);
    for (const [fromMs, toMs] of pausesOf(own, call.durationMs))
      expect([fromMs, loudness(samples, fromMs, toMs) < 0.001]).toEqual([fromMs, true]);
  });
});

describe("greetings", () => {
  const { greetings: all } = DemoGreetings.parse(
    JSON.parse(readFileSync(join(greetings, "greetings.json"), "utf8")),
  );

  test("there is one of each kind", () => {
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["voicemail", "consent", "hold", "queue"]));
  });

  test.each(all)("$name is as long as it says and can be heard", async ({ name, durationMs }) => {
    const file = readFileSync(join(greetings, `${name}.opus`));
    expect(durationOf(file)).toBe(durationMs);
    const samples = await decode(file);
    expect(loudness(samples, 200, durationMs - 500)).toBeGreaterThan(0.02);
    expect(loudness(samples, durationMs - 400, durationMs)).toBeLessThan(0.001);
  });
});

function overlaps(turns: readonly DemoTurn[]): number {
  return turns.filter((turn, index) => turn.startMs < (turns[index - 1]?.endMs ?? 0)).length;
}

/** The encoder's filter rings a little on either side of a sound. */
const ringingMs = 90;

/** Where one side says nothing, as pairs of milliseconds. */
function pausesOf(turns: readonly DemoTurn[], durationMs: number): [number, number][] {
  const starts = [0, ...turns.map(({ endMs }) => endMs + ringingMs)];
  const ends = [...turns.map(({ startMs }) => startMs - ringingMs), durationMs];
  return starts.flatMap((from, index): [number, number][] => {
    const to = ends[index] ?? from;
    return to - from > 50 ? [[from, to]] : [];
  });
}

/** Root mean square of the samples between two moments; full scale is 1. */
function loudness(samples: Float32Array, fromMs: number, toMs: number): number {
  const part = samples.subarray(fromMs * samplesPerMs, Math.max(toMs, fromMs + 1) * samplesPerMs);
  let energy = 0;
  for (const sample of part) energy += sample * sample;
  return Math.sqrt(energy / part.length);
}

/** All that a voice has in it, in a third of the samples. */
const samplesPerMs = 16;
/** Its types know nothing of the rate. */
const options = { forceStereo: false, sampleRate: 1_000 * samplesPerMs };

async function decode(file: Uint8Array): Promise<Float32Array> {
  const decoder = new OggOpusDecoder(options);
  await decoder.ready;
  const { channelData, sampleRate, errors } = await decoder.decodeFile(file);
  decoder.free();
  expect([sampleRate, errors]).toEqual([1_000 * samplesPerMs, []]);
  return channelData[0] ?? new Float32Array();
}

/** By RFC 7845: the last page's granule position less the samples to skip, at 48 kHz. */
function durationOf(file: Buffer): number {
  const lastPage = file.lastIndexOf("OggS");
  const preSkip = file.readUInt16LE(file.indexOf("OpusHead") + 10);
  return (Number(file.readBigUInt64LE(lastPage + 6)) - preSkip) / 48;
}

function channelsOf(file: Buffer): number {
  return file.readUInt8(file.indexOf("OpusHead") + 9);
}
