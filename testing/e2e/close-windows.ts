import type { Browser } from "@playwright/test";

/**
 * After each test that opens windows by itself. Playwright leaves them to the end of the browser: windows of desks that
 * are long gone look for them all the while, hold their microphones, and are traced with every test that follows.
 */
export async function closeWindows(browser: Browser): Promise<void> {
  for (const context of browser.contexts()) {
    // Of pages that are open when their context goes a picture is taken, be it of a test that has passed.
    await Promise.all(context.pages().map((page) => page.close()));
    await context.close();
  }
}
