import type { CallStage } from "./call-stage.ts";
import { median, quantile } from "../measurement.ts";
import { lastClick } from "./page-clock.ts";
import { controlOf, type Talk } from "./talk.ts";

/** Shorter silences are lost packets. */
const quietMs = 200;
/** A key's tone and the pause after it, as the SDK sends them; another key would wait that long for its own beginning. */
const toneMs = 230;

type Times = { p95: number; median: number };
export type Controlled = Record<"mute" | "hold" | "digit", Times> & {
  /** Mute as the caller hears it, with what the carrier buffers of any voice. */
  muteHeard: Times;
};

/**
 * From the click in the desk to the effect: the last of the agent's voice that comes to the carrier (muted) or that
 * the caller hears (held), and the beginning of a key's tone at the carrier.
 */
export async function measureControls(
  { desk, door }: CallStage,
  { ear }: Talk,
  runs: number,
): Promise<Controlled> {
  const silence = async (off: string, on: string) => {
    const silent = ear.untilSilent(quietMs);
    await controlOf(desk, off).click();
    const clickedAt = await lastClick(desk);
    const heardMs = (await silent) - clickedAt;
    const cameMs = (await door.lastVoiceAt()) - clickedAt;
    const heard = ear.untilHeard();
    await controlOf(desk, on).click();
    await heard;
    await controlOf(desk, off).waitFor();
    return { heardMs, cameMs };
  };
  const press = async () => {
    const arrives = door.next(({ event }) => event === "digit");
    await desk.getByRole("button", { name: "5", exact: true }).click();
    const clickedAt = await lastClick(desk);
    const { at } = await arrives;
    await desk.waitForTimeout(toneMs + 50);
    return at - clickedAt;
  };
  const mutes = await repeat(runs, () => silence("Mute", "Unmute"));
  const holds = await repeat(runs, () => silence("Hold", "Resume"));
  await controlOf(desk, "Keypad").click();
  const digits = await repeat(runs, press);
  await desk.keyboard.press("Escape");
  return {
    mute: timesOf(mutes.map(({ cameMs }) => cameMs)),
    hold: timesOf(holds.map(({ heardMs }) => heardMs)),
    digit: timesOf(digits),
    muteHeard: timesOf(mutes.map(({ heardMs }) => heardMs)),
  };
}

/** The first time is not counted. */
async function repeat<T>(runs: number, once: () => Promise<T>): Promise<T[]> {
  const taken: T[] = [];
  for (let index = 0; index <= runs; index++) taken.push(await once());
  return taken.slice(1);
}

function timesOf(taken: readonly number[]): Times {
  return { p95: quantile(taken, 0.95), median: median(taken) };
}
