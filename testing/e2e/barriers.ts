import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds on the page as it stands, first in the light, then in the dark, where only colours differ.
 * @param leaving rules that do not hold there
 */
export async function findBarriers(page: Page, leaving: string[] = []): Promise<string[]> {
  const light = await look(page, "light", (axe) => axe.disableRules(leaving));
  const dark = await look(page, "dark", (axe) => axe.withRules("color-contrast"));
  return [...light, ...dark];
}

type Theme = "light" | "dark";

/** What it finds is looked at once more: a toast that began to go meanwhile is half transparent, and no barrier. */
async function look(page: Page, theme: Theme, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const once = async () => {
    await turn(page, theme);
    return analyse(choose(await axeOn(page)), theme);
  };
  const found = await once();
  return found.length === 0 ? found : once();
}

/** Colours on their way from one theme to the other, and of a toast that is only just coming, are nobody's. */
async function turn(page: Page, colorScheme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // The first tells the page of it, the second draws it.
    await frame();
    await frame();
    // What follows scrolling, as the faded end of a bar of tabs, ends with no time.
    const ends = ({ effect, timeline }: Animation) =>
      timeline === document.timeline && effect?.getComputedTiming().endTime !== Infinity;
    const passing = document.getAnimations().filter(ends);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}

/** What passes is not described, and no page is opened for frames of other origins, of which we have none. */
async function axeOn(page: Page): Promise<AxeBuilder> {
  // What is in the page already is not read by it again, twice: that took longer than to look at it.
  const isThere = await page.evaluate(() => "axe" in window);
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: "undefined" }) });
  return axe.options({ resultTypes: ["violations"] }).setLegacyMode();
}

async function analyse(axe: AxeBuilder, theme: string): Promise<string[]> {
  const { url, violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${url}, ${theme}: ${id} at ${nodes.map(({ html }) => html).join(" ")}`,
  );
}
