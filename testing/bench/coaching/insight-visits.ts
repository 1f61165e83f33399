import { median } from "../measurement.ts";
import { watchForBlocks, type Look } from "../window-blocks.ts";

const year = "/insights?days=364";

/** Each dashboard as somebody opens it, and what is on it when all of it is drawn. */
const visits: Readonly<Record<string, Look>> = {
  "trends, agents compared, adherence, moments": {
    path: year,
    until: [
      '[aria-label="Agents compared"] tbody tr:nth-child(20)',
      '[aria-label^="Playbook followed"] tbody tr',
      '[aria-label="Moments to review"] li',
    ],
  },
  "the same as tables": {
    path: `${year}&tables=true`,
    until: [
      "table caption + thead + tbody tr:nth-child(12)",
      '[aria-label="Agents compared"] tbody tr:nth-child(21)',
      '[aria-label^="Playbook followed"] tbody tr',
      '[aria-label="Moments to review"] li',
    ],
  },
  "spread, top callers, checklist by week": {
    path: `${year}&show=spread`,
    until: [
      '[aria-label="How calls spread"] [role="group"] button:nth-child(20)',
      '[aria-label="What top callers do differently"] tbody tr:nth-child(8)',
      '[aria-label="Checklist by week"] li:nth-child(7)',
    ],
  },
  "calls behind a bar": {
    path: `${year}&show=spread&behind=bar:talkShare:10`,
    until: [
      '[aria-label="Calls behind it"] li:nth-child(50)',
      '[aria-label="Checklist by week"] li:nth-child(7)',
    ],
  },
  cards: { path: `${year}&show=cards`, until: ['[aria-label="Cards"] tbody tr'] },
  search: {
    path: `${year}&show=said`,
    act: (page) => page.getByRole("textbox", { name: "Search what was said" }).fill("price"),
    until: ['[aria-label="What was said"] li:nth-child(60)'],
  },
};

/**
 * The longest block while each dashboard is read and drawn, beside that of a screen with nothing to draw; medians over the
 * runs, in ms.
 */
export async function measureBlocks(
  address: string,
  runs: number,
): Promise<{ drawn: Readonly<Record<string, number>>; idle: number }> {
  const idle: number[] = [];
  const drawn: Record<string, number[]> = {};
  for (let run = 0; run < runs; run += 1) {
    idle.push(await blockOf(address, { path: "/settings", until: ["h1"] }));
    for (const [name, look] of Object.entries(visits))
      (drawn[name] ??= []).push(await blockOf(address, look));
  }
  const medians = Object.entries(drawn).map(([name, blocks]) => [name, median(blocks)] as const);
  return { drawn: Object.fromEntries(medians), idle: median(idle) };
}

async function blockOf(address: string, look: Look): Promise<number> {
  const page = await watchForBlocks(address, look);
  const blockMs = await page.longestBlockMs();
  await page.close();
  return blockMs;
}
