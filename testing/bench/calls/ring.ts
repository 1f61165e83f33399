import { anasNumber, type CallStage } from "./call-stage.ts";
import { median, quantile } from "../measurement.ts";
import { whenShown } from "./page-clock.ts";

export type Rung = { p95: number; median: number; runs: number };

/**
 * From somebody's dialling to their name on the desk that rings. The carrier asks the server what to do, by webhook,
 * and is told to ring the desk. The first call is not counted.
 */
export async function measureRinging(stage: CallStage, runs: number): Promise<Rung> {
  const taken: number[] = [];
  for (let index = 0; index <= runs; index++) {
    const tookMs = await ringOnce(stage, index);
    if (index > 0) taken.push(tookMs);
  }
  return { p95: quantile(taken, 0.95), median: median(taken), runs };
}

async function ringOnce({ desk, door, callers, settle }: CallStage, index: number): Promise<number> {
  const caller = callers[index % callers.length];
  if (!caller) throw new Error("nobody can call");
  const shown = await whenShown(desk, { selector: "[role=alertdialog] h2", text: caller.name });
  const dialledAt = performance.timeOrigin + performance.now();
  const callSid = await door.callIn({ to: anasNumber, from: caller.phone });
  const shownAt = await shown.at;
  await door.hangUp(callSid);
  await settle();
  return shownAt - dialledAt;
}
