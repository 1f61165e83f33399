import type { Speaker } from "../../shared/coaching/utterance.ts";
import type { Channel } from "./harper-valley.ts";

/** One cell for each 10 ms of the shared clock. */
type Cells = Uint8Array;

const cellMs = 10;
const samplesPerCell = 80;
/** Half of the window over which the power is averaged: 16 ms. */
const halfWindow = 128;
/** The weakest sounds of speech lie some 35 dB under its loudest vowels; and 10 dB over the noise, or nobody hears them. */
const [underPeakDb, overNoiseDb] = [35, 10];
/** Shorter than any sound of speech: a click. */
const clickCells = 5;
/** A pause of up to 200 ms belongs to speech, as it does between words. */
const bridgeCells = 20;

/**
 * How long anybody speaks in a call, and how long each side, by the power of the sound alone: it knows no words.
 * Milliseconds.
 */
export function hearVoices(
  channels: Record<Speaker, Channel>,
  durationMs: number,
): Record<Speaker | "speech" | "silence", number> {
  const length = Math.ceil(durationMs / cellMs);
  const [agent, customer] = [activityOf(channels.agent, length), activityOf(channels.customer, length)];
  const either = agent.filter((cell, at) => cell === 1 || customer[at] === 1).length;
  const speech = either * cellMs;
  return { agent: sum(agent), customer: sum(customer), speech, silence: durationMs - speech };
}

function sum(cells: Cells): number {
  return cells.filter((cell) => cell === 1).length * cellMs;
}

function activityOf({ samples, shiftMs }: Channel, length: number): Cells {
  const power = powerOf(samples);
  const limitDb = Math.max(Math.max(...power) - underPeakDb, quantile(power, 0.1) + overNoiseDb);
  const cells = new Uint8Array(length);
  for (const [at, db] of power.entries()) if (db >= limitDb) cells[at + Math.round(shiftMs / cellMs)] = 1;
  for (const [from, to] of runsOf(cells, 1)) if (to - from < clickCells) cells.fill(0, from, to);
  for (const [from, to] of runsOf(cells, 0))
    if (from > 0 && to < length && to - from <= bridgeCells) cells.fill(1, from, to);
  return cells;
}

/** Mean power around each cell's middle under a raised cosine, in dB. */
function powerOf(samples: Int16Array): number[] {
  const window = Array.from({ length: 2 * halfWindow }, (_, at) => 0.5 - 0.5 * Math.cos((Math.PI * (at + 0.5)) / halfWindow)); // prettier-ignore
  const weight = window.reduce((total, part) => total + part, 0);
  const power: number[] = [];
  for (let middle = samplesPerCell / 2; middle < samples.length; middle += samplesPerCell) {
    let energy = 0;
    for (const [at, part] of window.entries()) energy += part * (samples[middle - halfWindow + at] ?? 0) ** 2;
    power.push(10 * Math.log10(energy / weight + 1));
  }
  return power;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

function runsOf(cells: Cells, value: 0 | 1): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (let from = cells.indexOf(value); from !== -1;) {
    const end = cells.indexOf(1 - value, from);
    const to = end === -1 ? cells.length : end;
    runs.push([from, to]);
    from = end === -1 ? -1 : cells.indexOf(value, to);
  }
  return runs;
}
