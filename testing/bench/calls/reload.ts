import type { Page } from "@playwright/test";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallStage } from "./call-stage.ts";
import { controlOf, type Talk } from "./talk.ts";

export type Gaps = {
  /** Longest silence of the agent's voice at the caller, ms. */
  callerMs: number;
  /** Of the caller's sound at the agent: what the browser had to make up because nothing had come, ms. */
  agentMs: number;
};

/** What is missing of the sound in both directions while the desk is loaded again, and while it crashes. */
export async function measureReload(
  stage: CallStage,
  talk: Talk,
): Promise<{ ours: Gaps; quiet: Gaps; tookMs: number }> {
  const begun = performance.now();
  const ours = await listen(stage.phone, talk, async () => {
    await stage.desk.reload();
    await controlOf(stage.desk, "Mute").waitFor();
    await stage.desk.goto("chrome://crash").catch(() => {});
    await controlOf(await stage.openDeskPage(), "Mute").waitFor();
  });
  const tookMs = performance.now() - begun;
  return { ours, quiet: await listen(stage.phone, talk, () => sleep(tookMs)), tookMs };
}

async function listen(phone: Page, { ear }: Talk, work: () => Promise<void>): Promise<Gaps> {
  const before = await madeUpMs(phone);
  const callerMs = await ear.longestGapMs(work);
  return { callerMs, agentMs: (await madeUpMs(phone)) - before };
}

function madeUpMs(phone: Page): Promise<number> {
  return phone.evaluate(async () => {
    const { connections } = globalThis as unknown as { connections: RTCPeerConnection[] };
    let madeUp = 0;
    for (const connection of connections)
      for (const [, each] of (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>)
        if (each["type"] === "inbound-rtp") madeUp += Number(each["concealedSamples"]);
    // The browser counts at 48,000 samples a second, whatever the codec is.
    return madeUp / 48;
  });
}
