import { join } from "node:path";
import type { BrowserContextOptions, Locator, Page, TestInfo } from "@playwright/test";

// With RECORD_VIDEO set, windows are filmed and pictures of the documentation are taken anew (docs/coaching.md).

export const isFilmed = Boolean(process.env["RECORD_VIDEO"]);
const films = "test-results/film";
const pictures = "docs/pictures";
const size = { width: 1440, height: 900 };
/** Around what is pictured alone. */
const marginPx = 16;

/** For `browser.newContext`: each of its windows is filmed, where that is wanted. */
export const filming: BrowserContextOptions = isFilmed ? { recordVideo: { dir: films, size } } : {};

/** Ends what is seen of these windows, and keeps the film of each under its name. */
export async function keepFilms(pages: Readonly<Record<string, Page>>): Promise<void> {
  if (!isFilmed) return;
  for (const page of Object.values(pages)) await page.context().close();
  for (const [name, page] of Object.entries(pages)) {
    await page.video()?.saveAs(join(films, `${name}.webm`));
    await page.video()?.delete();
  }
}

/** A picture of a window beside the test's results. */
export async function picture(info: TestInfo, page: Page, name: string): Promise<void> {
  const path = info.outputPath(`${name}.webp`);
  await page.screenshot({ path, type: "webp", quality: 90 });
  await info.attach(name, { path, contentType: "image/webp" });
}

/** For the documentation, where pictures are taken anew: in both themes, of the whole window or a part of it. */
export async function picturesForDocs(page: Page, name: string, part?: Locator): Promise<void> {
  if (!isFilmed) return;
  await closeNotice(page);
  const clip = part ? { clip: await surroundingsOf(part) } : {};
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    const path = join(pictures, `${name}-${colorScheme}.webp`);
    await page.screenshot({ path, type: "webp", quality: 90, ...clip });
  }
}

/** Where this machine keeps its secrets is nothing to show. */
async function closeNotice(page: Page): Promise<void> {
  const understood = page.getByRole("button", { name: "Understood" });
  if (!(await understood.isVisible())) return;
  await understood.click();
  await understood.waitFor({ state: "hidden" });
}

async function surroundingsOf(part: Locator) {
  const box = await part.boundingBox();
  if (!box) throw new Error("what is to be pictured is not there");
  const { x, y, width, height } = box;
  return {
    x: x - marginPx,
    y: y - marginPx,
    width: width + 2 * marginPx,
    height: height + 2 * marginPx,
  };
}
