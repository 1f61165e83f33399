import type { Page } from "@playwright/test";
import { setTimeout as sleep } from "node:timers/promises";
import { openBareTalk } from "./bare-call.ts";
import type { CallStage } from "./call-stage.ts";
import { controlOf, type Talk } from "./talk.ts";

export type Gaps = {
  /** Longest silence of the agent's voice at the caller, ms. */
  callerMs: number;
  /** Of the caller's sound at the agent: what the browser had to make up because nothing had come, ms. */
  agentMs: number;
};

/** What is missing of the sound in both directions, and of that of a call between two bare pages in the same moments. */
export type Reload = { ours: Gaps; bareMs: number };

/** Listens while the desk is loaded again and crashes, and as long while nothing happens. */
export async function measureReload(
  stage: CallStage,
  talk: Talk,
  runs: number,
): Promise<{ rounds: readonly Reload[]; quiet: Reload }> {
  const bare = await openBareTalk(stage.browser);
  const hear = (work: () => Promise<void>) => listen({ phone: stage.phone, bare: bare.called, talk }, work);
  let { desk } = stage;
  const reload = async () => {
    await desk.reload();
    await controlOf(desk, "Mute").waitFor();
    await desk.goto("chrome://crash").catch(() => {});
    desk = await stage.openDeskPage();
    await controlOf(desk, "Mute").waitFor();
  };
  try {
    const begun = performance.now();
    const rounds: Reload[] = [];
    for (let run = 0; run < runs; run += 1) rounds.push(await hear(reload));
    const tookMs = (performance.now() - begun) / runs;
    return { rounds, quiet: await hear(() => sleep(tookMs)) };
  } finally {
    await bare.close();
  }
}

type Heard = { phone: Page; bare: Page; talk: Talk };

async function listen({ phone, bare, talk }: Heard, work: () => Promise<void>): Promise<Reload> {
  const before = [await madeUpMs(phone), await madeUpMs(bare)] as const;
  const callerMs = await talk.ear.longestGapMs(work);
  const after = [await madeUpMs(phone), await madeUpMs(bare)] as const;
  return { ours: { callerMs, agentMs: after[0] - before[0] }, bareMs: after[1] - before[1] };
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
