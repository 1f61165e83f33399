import { chromium, type Page } from "@playwright/test";
import { findChromium } from "../../tools/chromium.ts";

export const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Another screen than the first. */
export type Look = {
  path: string;
  /** What is done there, once it is there. */
  act?: (page: Page) => Promise<void>;
  /** What is on it once all of it is drawn, by rules that cost nothing to try: a search for words held the page for 15 ms. */
  until: readonly string[];
};

/** A real page on the desk, which notes how long its event loop stands still from the first paint on. */
export async function watchForBlocks(
  address: string,
  look?: Look,
): Promise<{ longestBlockMs(): Promise<number>; close(): Promise<void> }> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  if (look) await page.goto(new URL(look.path, page.url()).href);
  await page.locator("#root > *").first().waitFor();
  await page.evaluate(() => {
    // A timer of 4 ms that comes late tells how long something else ran.
    let last = performance.now();
    const longest = { blockMs: 0 };
    Object.assign(globalThis, { longest });
    setInterval(() => {
      const now = performance.now();
      longest.blockMs = Math.max(longest.blockMs, now - last - 4);
      last = now;
    }, 4);
  });
  await look?.act?.(page);
  for (const drawn of look?.until ?? []) await page.locator(drawn).first().waitFor({ state: "attached" });
  if (look) await page.evaluate(untilPainted);
  return {
    longestBlockMs: () =>
      page.evaluate(() => (globalThis as unknown as { longest: { blockMs: number } }).longest.blockMs),
    close: () => browser.close(),
  };
}

/** What was put into the page last has been laid out and painted, and the timer that notes a block has run. */
function untilPainted(): Promise<void> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 20))),
  );
}
