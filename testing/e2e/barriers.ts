import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds on the page as it stands, first in the light, then in the dark, where only colours differ. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await analyse(new AxeBuilder({ page }), "light");
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await analyse(new AxeBuilder({ page }).withRules("color-contrast"), "dark");
  return [...light, ...dark];
}

async function analyse(axe: AxeBuilder, theme: string): Promise<string[]> {
  const { url, violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${url}, ${theme}: ${id} at ${nodes.map(({ html }) => html).join(" ")}`,
  );
}
