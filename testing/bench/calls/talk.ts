import type { Page } from "@playwright/test";
import { testAccountSid, testAuthToken } from "../../telephony/test-account.ts";
import { anasNumber, type CallStage } from "./call-stage.ts";
import { openEar, type Ear } from "./ear.ts";

/** Ana talks to a caller, who hears her. */
export type Talk = { ear: Ear; end(): Promise<void> };

export async function beginTalk({ desk, door, callers, settle }: CallStage): Promise<Talk> {
  const caller = callers.at(-1);
  if (!caller) throw new Error("nobody can call");
  const callSid = await door.callIn({ to: anasNumber, from: caller.phone });
  await desk.getByRole("alertdialog").getByRole("button", { name: "Answer" }).click();
  await controlOf(desk, "Mute").and(desk.locator(":enabled")).waitFor();
  const ear = await openEar(door.url, { sid: testAccountSid, authToken: testAuthToken }, callSid);
  await ear.untilHeard();
  return {
    ear,
    async end() {
      ear.close();
      await door.hangUp(callSid);
      await settle();
    },
  };
}

export function controlOf(desk: Page, name: string) {
  return desk.getByRole("toolbar", { name: "Call" }).getByRole("button", { name, exact: true });
}
