import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { liveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import { until } from "../../processes/desk.ts";
import { anasNumber, type CallStage } from "../calls/call-stage.ts";
import { controlOf } from "../calls/talk.ts";
import { openTelling, type TellWords } from "./tell-words.ts";

/** The caller hums a script first, which the carrier writes down itself. */
const toneMs = 14_000;

/** A call of Ana's that is coached, with the overlay in a window of its own; what is said in it is told by hand. */
export type CoachedCall = { window: Page; tell: TellWords; hangUp(): Promise<void> };

export async function beginCoachedCall(stage: CallStage): Promise<CoachedCall> {
  const { desk, door, callers, client, serverUrl, settle } = stage;
  const [caller] = callers;
  if (!caller) throw new Error("nobody can call");
  const callSid = await door.callIn({ to: anasNumber, from: caller.phone });
  await desk.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await controlOf(desk, "Mute").and(desk.locator(":enabled")).waitFor();
  const opened = desk.context().waitForEvent("page");
  await desk.getByRole("button", { name: "Show in a window on top" }).click();
  const window = await opened;
  await until(client, liveCoaching, { overlay: false }, ({ call }) => call?.playbook?.key === "bench");
  await sleep(toneMs);
  return {
    window,
    tell: openTelling(serverUrl, callSid),
    async hangUp() {
      await door.hangUp(callSid);
      await settle();
    },
  };
}
