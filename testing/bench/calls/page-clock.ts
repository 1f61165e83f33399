import type { Page } from "@playwright/test";

/** Notes when people click in a page; times are ms since the epoch, as this machine's clock has them. */
export async function watchClicks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const note = ({ timeStamp }: Event) =>
      Object.assign(globalThis, { clickedAt: performance.timeOrigin + timeStamp });
    document.addEventListener("click", note, { capture: true });
  });
}

export function lastClick(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { clickedAt: number }).clickedAt);
}

export type Shown = { selector: string; text: string };

/** When the page first paints an element with that text. Ask before it can be there, and await it afterwards. */
export async function whenShown(page: Page, wanted: Shown): Promise<{ at: Promise<number> }> {
  await page.evaluate(({ selector, text }) => {
    const shown = new Promise<number>((resolve) => {
      const look = () => {
        const found = [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
        if (!found) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
      look();
    });
    Object.assign(globalThis, { shown });
  }, wanted);
  return { at: page.evaluate(() => (globalThis as unknown as { shown: Promise<number> }).shown) };
}
