import type { PhoneCall } from "../../../shared/calls/phone.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { doOnPhone, phoneState } from "../../../shared/rpc/contract/phone.ts";
import { until } from "../../processes/desk.ts";
import { median, quantile } from "../measurement.ts";
import type { CallStage } from "./call-stage.ts";
import { lastClick } from "./page-clock.ts";

/**
 * People in New York, where nobody has to be told that a call is recorded, by an area code that no lead has: some of
 * those asked not to be called. Fictional (NANPA 555-01xx).
 */
const numberOf = (index: number) => `+1332555${String(100 + index).padStart(4, "0")}`;

export type Dialled = { p95: number; median: number; runs: number };

/** From the click on a number in the desk to the called telephone's ringing. The first dial is not counted. */
export async function measureDialling(stage: CallStage, runs: number): Promise<Dialled> {
  const taken: number[] = [];
  for (let index = 0; index <= runs; index++) {
    const tookMs = await dialOnce(stage, numberOf(index));
    if (index > 0) taken.push(tookMs);
  }
  return { p95: quantile(taken, 0.95), median: median(taken), runs };
}

function isOpen({ can }: PhoneCall): boolean {
  return can.includes("hang-up");
}

async function dialOnce({ desk, door, client, settle }: CallStage, number: string): Promise<number> {
  await door.setOutcome(number, { kind: "answers", afterMs: 60_000, mode: "waiting", stays: false });
  await desk.getByRole("textbox", { name: "Name or number" }).fill(number);
  const rings = door.next(
    (event) => event.event === "status" && event.status === "ringing" && event.to === number,
  );
  await desk.getByRole("button", { name: "Call this number" }).click();
  const clickedAt = await lastClick(desk);
  const { at: rangAt } = await rings;
  const { calls } = await until(client, phoneState, {}, (state) => state.calls.some(isOpen));
  await client.call(doOnPhone, { do: "hang-up", callId: calls.find(isOpen)?.callId as RecordId });
  await settle();
  return rangAt - clickedAt;
}
