import { chromium } from "@playwright/test";
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

/**
 * A real page on the desk, which notes how long its event loop stands still from the first paint on.
 * @param look another screen than the first, and what is on it once all of it is drawn
 */
export async function watchForBlocks(
  address: string,
  look?: { path: string; until: readonly string[] },
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
  for (const drawn of look?.until ?? []) await page.locator(drawn).first().waitFor({ state: "attached" });
  return {
    longestBlockMs: () =>
      page.evaluate(() => (globalThis as unknown as { longest: { blockMs: number } }).longest.blockMs),
    close: () => browser.close(),
  };
}
