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

/** A real page on the desk, which notes how long its event loop stands still from the first paint on. */
export async function watchForBlocks(
  address: string,
): Promise<{ longestBlockMs(): Promise<number>; close(): Promise<void> }> {
  const executablePath = findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: chromiumArgs,
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
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
  return {
    longestBlockMs: () =>
      page.evaluate(() => (globalThis as unknown as { longest: { blockMs: number } }).longest.blockMs),
    close: () => browser.close(),
  };
}
