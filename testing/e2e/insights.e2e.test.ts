import { readFile } from "node:fs/promises";
import { readAhead } from "../../shared/rpc/contract/insights.ts";
import { fillCoachedCalls } from "../insights/fill-tenant.ts";
import { findBarriers } from "./barriers.ts";
import { bringServerBack, expectOffline, expectSynced, goTo, openDesk, pressInTurn } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

test("a manager without a network reads the figures, goes to the second, assigns it, and the agent has the task", async ({
  stage,
  browser,
}) => {
  await stage.stopServer();
  await fillCoachedCalls(stage.folder, { calls: 240, segments: 12, untilMs: Date.now() - 3_600_000 });
  await stage.startServer();
  const { page } = await openDesk(stage, browser, "Max Albrecht");
  await stage.stopServer();
  await expectOffline(page);

  const agents = page.getByRole("region", { name: "Agents compared" });
  await pressInTurn(page, ["g", "n"], agents);
  await expect(agents.getByRole("row", { name: /Ana Ruiz/u })).toContainText(/\d+%/u);
  await expect(page.getByRole("main")).toContainText("Working from this device");
  await expect(page.getByRole("region", { name: "Playbook followed" }).getByRole("row").nth(2)).toBeVisible();
  expect.soft(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("v");
  await expect(page.getByRole("table", { name: "By week" }).getByRole("row")).toHaveCount(16);
  await page.keyboard.press("v");

  await page.getByRole("tab", { name: "Cards" }).click();
  const cards = page.getByRole("region", { name: "Cards" });
  await cards.getByRole("button", { name: /^Price/u }).click();
  await expect(cards.getByRole("row", { name: /^Ana Ruiz \d+ \d+ 0 0 0 0 –/u })).toBeVisible();
  await cards.getByRole("button", { name: /Nobody said$/u }).click();
  await expect(page).toHaveURL(/at=100000/u);
  expect.soft(await findBarriers(page)).toEqual([]);
  await page.getByRole("tab", { name: "What differs" }).click();
  const differs = page.getByRole("region", { name: "What top callers do differently" });
  // A team of this size says nothing of itself yet, and says so.
  await expect(differs).toContainText("It takes four agents with 20 calls each");
  await expect(page.getByRole("region", { name: "How calls spread" })).toContainText(
    /Half of \d+ calls lie under \d+%/u,
  );
  expect.soft(await findBarriers(page)).toEqual([]);
  await page.getByRole("tab", { name: "Overview" }).click();
  const asked: string[] = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => asked.push(String(payload))));
  await page.goto(new URL("/insights?playbook=nobodys", page.url()).href);
  await expect(page.getByText("No call of this time matches what is chosen above.")).toBeVisible();
  // Whoever is here may search what was said: it is read ahead of them.
  await expect.poll(() => asked.join("\n")).toContain(`"${readAhead.name}"`);
  expect.soft(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Show everybody’s calls" }).press("Enter");
  await expect(agents.getByRole("row", { name: /Ana Ruiz/u })).toBeVisible();

  await agents.getByRole("button", { name: "Ana Ruiz" }).click();
  const moments = page.getByRole("region", { name: "Moments to review" });
  await expect(moments.getByRole("button").first()).toContainText("Ana Ruiz");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/at=\d+/u);
  const current = moments.locator("[aria-current=true]");
  await expect(current).not.toBeEmpty();
  const second = await current.innerText();
  const panel = page.getByRole("complementary", { name: "Coaching" });
  await expect(
    panel.getByRole("region", { name: "Recording and transcript" }).getByRole("listitem"),
  ).not.toHaveCount(0);
  expect.soft(await findBarriers(page)).toEqual([]);
  await panel.getByLabel("What to say to Ana").fill("One sentence, then ask what they need it for.");
  await panel.getByLabel("Practise").fill("Answer, then ask");
  await expect(panel).toContainText("Ana gets it when you are online again");
  await page.keyboard.press("Control+Enter");
  await expect(panel.getByRole("heading", { name: "Being practised" })).toBeVisible();
  await expect(panel.getByRole("listitem")).toContainText("Answer, then ask");
  await expect(moments.getByRole("button", { name: second.split("\n")[0] ?? "" }).first()).toContainText(
    "reviewed",
  );

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^coaching-.*\.csv$/u);
  expect(await readFile(await file.path(), "utf8")).toMatch(/Ana Ruiz,\d+/u);

  await bringServerBack(stage, page);
  await expectSynced(page);
  const ana = await openDesk(stage, browser);
  await goTo(ana.page, "/tasks?show=upcoming", "Tasks");
  await expect(ana.page.getByText("Practise: Answer, then ask")).toBeVisible();
  await goTo(ana.page, "/insights", "Insights");
  const own = ana.page.getByRole("region", { name: "You and the team's median" });
  await expect(own.getByRole("row")).toHaveCount(2);
  await expect(ana.page.getByRole("complementary", { name: "Coaching" })).toContainText("Answer, then ask");
});
