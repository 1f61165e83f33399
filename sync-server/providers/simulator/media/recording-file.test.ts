import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { createRecordingFile } from "./recording-file.ts";
import { readWav, resample } from "./wav.ts";

const frame = (value: number) => new Int16Array(samplesPerFrame).fill(value);
const path = () => join(mkdtempSync(join(tmpdir(), "recording-")), "x.wav");

test("left and right stand where they belong, and the header says how long it is", async () => {
  const to = path();
  const file = createRecordingFile(to, 2);
  for (let i = 0; i < 300; i++) file.add(frame(11), frame(22));
  expect(await file.close()).toEqual({ durationMs: 6_000 });
  const wav = readFileSync(to);
  expect(wav.length).toBe(44 + 300 * samplesPerFrame * 4);
  expect([wav.readUInt32LE(4), wav.readUInt32LE(40)]).toEqual([wav.length - 8, wav.length - 44]);
  expect([wav.readInt16LE(44), wav.readInt16LE(46)]).toEqual([11, 22]);
  expect(readWav(wav)?.every((sample) => sample === 11)).toBe(true);
});

test("one channel is the sum of both, clipped", async () => {
  const to = path();
  const file = createRecordingFile(to, 1);
  file.add(frame(30_000), frame(30_000));
  await file.close();
  expect(readWav(readFileSync(to))?.[0]).toBe(32_767);
});

test("a pause keeps the words out: as silence, or as if it had not been", async () => {
  const to = path();
  const file = createRecordingFile(to, 1);
  file.add(frame(1), frame(0));
  file.pause("silence");
  file.add(frame(9), frame(9));
  file.pause("skip");
  file.add(frame(9), frame(9));
  file.pause(null);
  file.add(frame(2), frame(0));
  expect(await file.close()).toEqual({ durationMs: 60 });
  const samples = readWav(readFileSync(to));
  expect([0, 1, 2].map((index) => samples?.[index * samplesPerFrame])).toEqual([1, 0, 2]);
});

test("a disk that refuses is told when it is closed, and throws at nobody", async () => {
  const file = createRecordingFile("/nowhere/at/all/x.wav", 1);
  file.add(frame(1), frame(1));
  expect(await file.close()).toBeNull();
});

test("what is no WAV is read as none", () => {
  expect(readWav(Buffer.from("hello"))).toBeNull();
  expect(readWav(Buffer.alloc(100))).toBeNull();
});

test("48 kHz become 8 kHz by averaging six samples", () => {
  expect([...resample([0, 6, 0, 6, 0, 6, 12, 12, 12, 12, 12, 12], 48_000)]).toEqual([3, 12]);
  expect([...resample([1, 2], 4_000)]).toEqual([1, 1, 2, 2]);
});
