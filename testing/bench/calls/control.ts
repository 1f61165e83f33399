import type { CallStage } from "./call-stage.ts";
import { median, quantile } from "../measurement.ts";
import { lastClick } from "./page-clock.ts";
import { controlOf, type Talk } from "./talk.ts";

/** Shorter silences are lost packets. */
const quietMs = 200;
/** A key's tone and the pause after it, as the SDK sends them; another key would wait that long for its own beginning. */
const toneMs = 230;

export type Controlled = Record<"mute" | "hold" | "digit", { p95: number; median: number }>;

/**
 * From the click in the desk to the effect at the other side: the last of the agent's voice that the caller hears,
 * and the beginning of a key's tone at the carrier.
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
    const tookMs = (await silent) - clickedAt;
    const heard = ear.untilHeard();
    await controlOf(desk, on).click();
    await heard;
    await controlOf(desk, off).waitFor();
    return tookMs;
  };
  const press = async () => {
    const arrives = door.next(({ event }) => event === "digit");
    await desk.getByRole("button", { name: "5", exact: true }).click();
    const clickedAt = await lastClick(desk);
    const { at } = await arrives;
    await desk.waitForTimeout(toneMs + 50);
    return at - clickedAt;
  };
  const mute = await repeat(runs, () => silence("Mute", "Unmute"));
  const hold = await repeat(runs, () => silence("Hold", "Resume"));
  await controlOf(desk, "Keypad").click();
  const digit = await repeat(runs, press);
  await desk.keyboard.press("Escape");
  return { mute, hold, digit };
}

/** The first time is not counted. */
async function repeat(runs: number, once: () => Promise<number>): Promise<{ p95: number; median: number }> {
  const taken: number[] = [];
  for (let index = 0; index <= runs; index++) {
    const tookMs = await once();
    if (index > 0) taken.push(tookMs);
  }
  return { p95: quantile(taken, 0.95), median: median(taken) };
}
