import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * What axe finds on the page as it stands, first in the light, then in the dark, where only colours differ.
 * @param leaving rules that do not hold there
 */
export async function findBarriers(page: Page, leaving: string[] = []): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await analyse(axeOn(page).disableRules(leaving), "light");
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await analyse(axeOn(page).withRules("color-contrast"), "dark");
  return [...light, ...dark];
}

/** What passes is not described, and no page is opened for frames of other origins, of which we have none. */
function axeOn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
}

async function analyse(axe: AxeBuilder, theme: string): Promise<string[]> {
  const { url, violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${url}, ${theme}: ${id} at ${nodes.map(({ html }) => html).join(" ")}`,
  );
}
