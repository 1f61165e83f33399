import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { talkShares } from "../../../renderer/features/coaching/model/coaching-words.ts";
import type { Client } from "../../../shared/rpc/client.ts";
import { liveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import { until } from "../../processes/desk.ts";
import { paintedAfter, type PaintedAfter, type Telling } from "./painted-after.ts";
import type { Side, TellWords } from "./tell-words.ts";

/** Three words, as fast as people speak: the share of one side moves by more than a percent. */
const everyMs = 1_100;
/** After so long without a painting the next words are told. */
const longestMs = 2_000;
/** The agent's share, "46% You". */
const shareText = "[aria-label='Talk share'] p";

/**
 * Tells what both sides say in turn, so that the share of each goes up and down, and watches the overlay paint it. The
 * first telling is not counted.
 * @param isOver after so many tellings
 */
export async function measureShares(
  { window, client, tell }: { window: Page; client: Client; tell: TellWords },
  isOver: (told: number) => boolean,
): Promise<PaintedAfter> {
  const said: Record<Side, string> = { customer: "", agent: "" };
  const tellings: Telling[] = [];
  const painted = await watchText(window, shareText);
  for (let index = 0; !isOver(tellings.length); index++) {
    const side = index % 2 === 0 ? "customer" : "agent";
    said[side] += ` so would that`;
    const painting = await painted.next();
    const toldAtMs = nowMs();
    await tell(side, said[side].trim());
    const wasPainted = await painting.came;
    if (index > 0) tellings.push({ toldAtMs, unmoved: !wasPainted && (await shows(window, client)) });
    await sleep(everyMs);
  }
  return paintedAfter(tellings, await painted.times(), nowMs());
}

/** Whether the overlay shows what the desk knows: then what was told has moved nothing that can be seen. */
async function shows(window: Page, client: Client): Promise<boolean> {
  const { call } = await until(client, liveCoaching, { overlay: false }, (live) => live.call !== null);
  const text = await window.locator(shareText).first().innerText();
  return call !== null && Number.parseInt(text, 10) === talkShares(call)?.you;
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

type Watched = {
  /** Ask before, await afterwards: whether the text was painted anew within {@link longestMs}. */
  next(): Promise<{ came: Promise<boolean> }>;
  /** When it was, ms since the epoch. */
  times(): Promise<number[]>;
};

type InPage = { paintedAtMs: number[]; painted: EventTarget; coming: Promise<boolean> };

/** Notes each time at which the page paints another text of an element. */
async function watchText(page: Page, selector: string): Promise<Watched> {
  await page.evaluate((wanted) => {
    const read = () => document.querySelector(wanted)?.textContent;
    const inPage: Pick<InPage, "paintedAtMs" | "painted"> = { paintedAtMs: [], painted: new EventTarget() };
    let before = read();
    new MutationObserver(() => {
      if (read() === before) return;
      before = read();
      requestAnimationFrame(() => {
        inPage.paintedAtMs.push(performance.timeOrigin + performance.now());
        inPage.painted.dispatchEvent(new Event("painted"));
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, inPage);
  }, selector);
  return {
    async next() {
      await page.evaluate((longest) => {
        const coming = new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(false), longest);
          const onPainted = () => {
            clearTimeout(timer);
            resolve(true);
          };
          (globalThis as unknown as InPage).painted.addEventListener("painted", onPainted, { once: true });
        });
        Object.assign(globalThis, { coming });
      }, longestMs);
      return { came: page.evaluate(() => (globalThis as unknown as InPage).coming) };
    },
    times: () => page.evaluate(() => (globalThis as unknown as InPage).paintedAtMs),
  };
}
