import { cp } from "node:fs/promises";
import { test as base } from "@playwright/test";
import { openStage, type Stage } from "../processes/stage.ts";

/** A real server with the demo tenant and real desks in browsers, each test on folders of its own. */
export const test = base.extend<{ stage: Stage }>({
  // Playwright reads what a fixture needs from its first parameter.
  // oxlint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const stage = await openStage(copyDemo);
    try {
      await use(stage);
    } finally {
      await stage.close();
    }
  },
});
export { expect } from "@playwright/test";

/** The demo tenant as make-demo.ts has made it for all. */
async function copyDemo(folder: string): Promise<void> {
  const made = process.env["RINGSIDE_DEMO"];
  if (!made) throw new Error("the demo tenant was not made: run these tests through playwright.config.ts");
  await cp(made, folder, { recursive: true });
}
