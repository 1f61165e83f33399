import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { dismissCard, liveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import { until } from "../../processes/desk.ts";
import { anasNumber, openCallStage, type CallStage } from "../calls/call-stage.ts";
import { whenShown } from "../calls/page-clock.ts";
import { controlOf } from "../calls/talk.ts";
import { median, quantile, withFloor, type Bench, type Measurement } from "../measurement.ts";
import { bareWindow } from "./bare-window.ts";
import { cardTitle, codewords } from "./bench-playbook.ts";
import { openTelling, type Side, type TellWords } from "./tell-words.ts";

/** How often each is done, however many runs of slower benches are asked for. */
const times = Number(process.env["BENCH_CALL_TIMES"] ?? 40);
/** The caller hums a script first, which the carrier writes down itself. */
const toneMs = 14_000;
/** Three words, as fast as people speak: the share of one side moves by more than a percent. */
const everyMs = 1_100;
/** A share that a telling does not move by a whole percent is no measure. */
const longestMs = 2_000;

/** From the carrier's telling, by its webhook, to what the overlay of the desk paints, with 50,000 leads in the replica. */
export const overlay: Bench = {
  ids: ["coach.metric.p95", "coach.card.p95"],
  async run({ folder, log, wants }) {
    const stage = await openCallStage(folder, log);
    try {
      const { window, tell, hangUp } = await beginCoachedCall(stage);
      const floor = quantile(await bareWindow(window.context(), times), 0.95);
      const measured: Measurement[] = [];
      if (wants("coach.metric.p95"))
        measured.push(measurementOf("coach.metric.p95", "< 100", await measureMetric(window, tell), floor));
      if (wants("coach.card.p95"))
        measured.push(
          measurementOf("coach.card.p95", "< 200", await measureCards(stage, window, tell), floor),
        );
      await hangUp();
      return measured;
    } finally {
      await stage.close();
    }
  },
};

function measurementOf(id: string, reach: string, taken: readonly number[], floor: number): Measurement {
  const note = `median ${median(taken).toFixed(0)} ms, from the carrier's webhook to the painted overlay`;
  const value = quantile(taken, 0.95);
  return withFloor({ id, value, unit: "ms", reach, runs: taken.length, note }, floor);
}

async function beginCoachedCall({ desk, door, callers, client, serverUrl, settle }: CallStage) {
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

/** Both sides in turn, so that the share of each goes up and down. The first telling is not counted. */
async function measureMetric(window: Page, tell: TellWords): Promise<number[]> {
  const said: Record<Side, string> = { customer: "", agent: "" };
  const taken: number[] = [];
  for (let index = 0; taken.length < times && index < 2 * times; index++) {
    const side = index % 2 === 0 ? "customer" : "agent";
    said[side] += ` so would that`;
    const changed = await whenTextChanges(window, "[aria-label='Talk share'] p");
    const toldAt = performance.timeOrigin + performance.now();
    await tell(side, said[side].trim());
    const shownAt = await changed.at;
    if (index > 0 && shownAt !== null) taken.push(shownAt - toldAt);
    await sleep(everyMs);
  }
  return taken;
}

async function measureCards({ client }: CallStage, window: Page, tell: TellWords): Promise<number[]> {
  const taken: number[] = [];
  let said = "";
  for (const codeword of codewords.slice(0, times + 1)) {
    said += ` code ${codeword}`;
    const shown = await whenShown(window, { selector: "h2", text: cardTitle(codeword) });
    const toldAt = performance.timeOrigin + performance.now();
    await tell("customer", said.trim());
    taken.push((await shown.at) - toldAt);
    const { call } = await until(client, liveCoaching, { overlay: false }, (live) => live.call?.card?.key === codeword); // prettier-ignore
    if (call) await client.call(dismissCard, { callId: call.callId, card: codeword });
    await sleep(everyMs);
  }
  return taken.slice(1);
}

/** When the page first paints the text of an element anew; null = not for {@link longestMs}. Ask before, await afterwards. */
async function whenTextChanges(page: Page, selector: string): Promise<{ at: Promise<number | null> }> {
  await page.evaluate(
    ([wanted, longest]) => {
      const read = () => document.querySelector(wanted)?.textContent;
      const before = read();
      const changed = new Promise<number | null>((resolve) => {
        const timer = setTimeout(() => resolve(null), longest);
        const observer = new MutationObserver(() => {
          if (read() === before) return;
          observer.disconnect();
          clearTimeout(timer);
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      Object.assign(globalThis, { changed });
    },
    [selector, longestMs] as const,
  );
  return { at: page.evaluate(() => (globalThis as unknown as { changed: Promise<number | null> }).changed) };
}
