import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { findChromium } from "../../tools/chromium.ts";
import { until } from "../processes/desk.ts";
import { openLab, untilLive } from "./lab.ts";
import type { InputOf } from "../../shared/rpc/define.ts";
import { listLeads } from "../../shared/rpc/contract/leads.ts";
import { chromiumArgs } from "./window-blocks.ts";
import { median, withFloor, type Bench } from "./measurement.ts";

const leads = 100_000;
const scrollMs = 4_000;
const everything: InputOf<typeof listLeads> = {
  filters: [],
  sort: { field: "score", direction: "desc" },
  search: "",
  offset: 0,
  limit: 1,
};

/** Scrolling the whole list in real Chromium, against a bare list of as many rows. */
export const scrolling: Bench = {
  ids: ["scroll.frame-max", "scroll.fps"],
  async run({ folder, runs, log }) {
    const lab = await openLab(folder, leads, log);
    const desk = await lab.openDesk(join(folder, "scroll-desk"));
    const window = await desk.openWindow();
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: chromiumArgs,
    });
    try {
      await untilLive(window);
      await until(window, listLeads, everything, ({ total }) => total >= leads);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(desk.address);
      await page.getByText("All leads").first().click();
      await page.locator("[role=row]").nth(10).waitFor();
      const bare = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await bare.setContent(barePage);
      const ours: Frames[] = [];
      const floor: Frames[] = [];
      for (let round = 0; round < runs; round++) {
        ours.push(await scroll(page, "[role=grid], [data-scroller]"));
        floor.push(await scroll(bare, "#list"));
        log(
          `longest frame ${ours.at(-1)?.maxMs.toFixed(0)} ms, ${ours.at(-1)?.fps.toFixed(0)} a second; bare ${floor.at(-1)?.maxMs.toFixed(0)} ms, ${floor.at(-1)?.fps.toFixed(0)}`,
        );
      }
      return [
        withFloor(
          {
            id: "scroll.frame-max",
            value: median(ours.map(({ maxMs }) => maxMs)),
            unit: "ms",
            reach: "<= 50",
            runs,
          },
          median(floor.map(({ maxMs }) => maxMs)),
        ),
        withFloor(
          { id: "scroll.fps", value: median(ours.map(({ fps }) => fps)), unit: "fps", reach: ">= 55", runs },
          median(floor.map(({ fps }) => fps)),
        ),
      ];
    } finally {
      await browser.close();
      window.close();
      await desk.close();
      await lab.close();
    }
  },
};

type Frames = { maxMs: number; fps: number };

/** Scrolls from top to bottom in steps, as a wheel that does not stop, and counts frames. */
function scroll(page: Page, selector: string): Promise<Frames> {
  return page.evaluate(
    ({ target, spanMs }) =>
      new Promise<Frames>((resolve) => {
        const candidates = [...document.querySelectorAll<HTMLElement>(`${target}, ${target} *`)];
        const list = candidates.find((one) => one.scrollHeight > one.clientHeight * 4);
        if (!list) throw new Error("nothing scrolls");
        list.scrollTop = 0;
        const frames: number[] = [];
        const startedMs = performance.now();
        let last = startedMs;
        const step = (now: number) => {
          frames.push(now - last);
          last = now;
          list.scrollTop = ((now - startedMs) / spanMs) * (list.scrollHeight - list.clientHeight);
          if (now - startedMs < spanMs) requestAnimationFrame(step);
          else
            resolve({ maxMs: Math.max(...frames.slice(2)), fps: (frames.length * 1000) / (now - startedMs) });
        };
        requestAnimationFrame(step);
      }),
    { target: selector, spanMs: scrollMs },
  );
}

/** The same number of rows of the same height with one text each, drawn only where they are seen. */
const barePage = `<!doctype html><div id="list" style="height:800px;overflow:auto"><div style="height:${leads * 32}px;position:relative"></div></div>
<script>
const list = document.getElementById("list"), inner = list.firstChild;
const rows = Array.from({ length: 40 }, () => inner.appendChild(Object.assign(document.createElement("div"), { style: "position:absolute;height:32px;left:0;right:0" })));
const draw = () => { const first = Math.floor(list.scrollTop / 32); rows.forEach((row, i) => { row.style.transform = "translateY(" + (first + i) * 32 + "px)"; row.textContent = "Row " + (first + i); }); };
list.addEventListener("scroll", draw); draw();
</script>`;
