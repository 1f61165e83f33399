import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { addDays, dayOf } from "../../shared/time/zone.ts";
import { inSystem, openDatabase, schema } from "../../sync-server/database/index.ts";
import { ana, ben, demoTenant } from "../../sync-server/demo/people.ts";
import type { Stage } from "../processes/stage.ts";
import { findBarriers } from "./barriers.ts";
import { enterConsole } from "./console-page.ts";
import { expect, test } from "./stage.ts";

const dollar = 1_000_000_000;
const day = (ago: number) => addDays(dayOf(Date.now(), "UTC"), -ago);
const inWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }); // prettier-ignore
const sayDay = (ago: number) => inWords.format(new Date(`${day(ago)}T00:00:00Z`));

type Line = Partial<typeof schema.aiRequests.$inferInsert> & { ago: number };

/** What models were asked in the weeks before, as the ledger keeps it. */
const lines: readonly Line[] = [
  { ago: 3, userId: ana, feature: "writing", cost: 2 * dollar, inputTokens: 9_000, outputTokens: 1_000 },
  { ago: 3, userId: ben, feature: "deal-insight", cost: dollar, inputTokens: 80_000, outputTokens: 20_000 },
  { ago: 4, userId: ana, feature: "deal-insight", cost: dollar / 2, inputTokens: 100, outputTokens: 100 },
  { ago: 20, userId: ana, feature: "writing", cost: 4 * dollar, inputTokens: 500, outputTokens: 500 },
  { ago: 4, userId: null, feature: "matching", cost: 0, source: "cache" },
  { ago: 4, userId: ben, feature: "writing", cost: 0, outcome: "no-access" },
  { ago: 0, userId: ben, cost: 0, outcome: "no-access", modelId: "refused", askedAt: new Date() },
  { ago: 3, userId: ana, feature: "assistant", cost: dollar / 4, model: "Offered", ofOperator: true },
  { ago: 3, userId: null, tenantId: "southgate", feature: "chat", cost: 3 * dollar, model: "Offered", ofOperator: true }, // prettier-ignore
  { ago: 5, userId: null, tenantId: "southgate", feature: "chat", cost: 7 * dollar, model: "Their own" },
];

test("what models cost is shown by day, feature, model and person to the admin; to the operator by organisation, of their own models alone", async ({
  stage,
  browser,
}) => {
  await stage.stopServer();
  await keepLines(stage);
  await stage.startServer();

  const admin = await openConsole(browser, stage.serverUrl, "Grace Holloway", "ai-usage");
  const days = admin.getByRole("list", { name: "cost by day" });
  await expect(days.getByRole("listitem")).toHaveCount(30);
  await expect(days.getByTitle(`${sayDay(3)}: $3.25`)).toBeVisible();
  await expect(days.getByTitle(`${sayDay(20)}: $4.00`)).toBeVisible();
  await expect(days.getByTitle(`${sayDay(6)}: $0.00`)).toBeVisible();
  await expectBars(admin, "By feature", [["Writing", "$6.00"], ["Deal insight", "$1.50"], ["Assistant", "$0.25"], ["Matching", "$0.00"]]); // prettier-ignore
  await expectBars(admin, "By person", [["Ana Ruiz", "$6.75"], ["Ben Okafor", "$1.00"], ["The server", "$0.00"]]); // prettier-ignore
  await expectBars(admin, "By model", [
    ["Big", "$7.50"],
    ["Offered", "$0.25"],
  ]);
  await expect(sectionOf(admin, "What came of questions to models")).toContainText(/Key not taken\s*2/u);
  const compared = admin.getByRole("table", { name: "Models compared" });
  await expect(compared.getByRole("row").filter({ hasText: "Big" })).toContainText("$7.50");
  await expect(admin.getByRole("main")).not.toContainText("Their own");
  // On most days before nothing was asked: one in four weeks stands out, and is counted beside the page's name.
  await expect(admin.getByRole("status").filter({ hasText: "Unusual use" })).toContainText(
    `${sayDay(3)}: $3.25, where $0.00 a day is usual.`,
  );
  // So does an account whose key is refused.
  await expect(admin.getByRole("status").filter({ hasText: "Refused keys" })).toContainText(
    /Ours: the provider does not take its key, or it has no credit. Last asked for Big/u,
  );
  await expect(admin.getByRole("link", { name: "AI usage" })).toHaveText(/AI usage\s*2$/u);
  expect(await findBarriers(admin)).toEqual([]);

  // A week of it, in tokens: what was cheap may be long.
  await admin.getByRole("radio", { name: "7 days" }).check({ force: true });
  await expect(admin.getByRole("list", { name: "cost by day" }).getByRole("listitem")).toHaveCount(7);
  await expectBars(admin, "By person", [["Ana Ruiz", "$2.75"], ["Ben Okafor", "$1.00"], ["The server", "$0.00"]]); // prettier-ignore
  await admin.getByRole("radio", { name: "Tokens" }).check({ force: true });
  await expectBars(admin, "By person", [["Ben Okafor", "100,000"], ["Ana Ruiz", "10,200"], ["The server", "0"]]); // prettier-ignore

  const operator = await openConsole(browser, stage.serverUrl, "Olivia Brandt", "ai-use");
  await expectBars(operator, "By organisation", [
    ["Southgate", "$3.00"],
    [demoTenant.name, "$0.25"],
  ]);
  await expectBars(operator, "By model", [["Offered", "$3.25"]]);
  await expectBars(operator, "By feature", [
    ["Chat bot", "$3.00"],
    ["Assistant", "$0.25"],
  ]);
  await expect(operator.getByRole("list", { name: "cost by day" }).getByTitle(`${sayDay(3)}: $3.25`)).toBeVisible(); // prettier-ignore
  await expect(operator.getByRole("main")).not.toContainText("Their own");
  expect(await findBarriers(operator)).toEqual([]);
});

/** Writes them into the database of a server that does not run. */
async function keepLines(stage: Stage): Promise<void> {
  const db = await openDatabase({ kind: "embedded", dataDir: join(stage.folder, "server") });
  await inSystem(db, async (tx) => {
    await tx.execute(sql`INSERT INTO tenants (id, name) VALUES ('southgate', 'Southgate')`);
    const ours = { tenantId: demoTenant.id, label: "Ours" };
    await tx.insert(schema.aiAccounts).values({ ...ours, id: "account", kind: "openai", baseUrl: "https://api.example/v1" }); // prettier-ignore
    await tx.insert(schema.aiModels).values({ ...ours, id: "refused", accountId: "account", wireName: "big-1", role: "large", contextTokens: 9_000, maxOutputTokens: 900 }); // prettier-ignore
    await tx.insert(schema.aiRequests).values(
      lines.map(({ ago, ...line }, at) => ({
        ...{ id: `line-${at}`, tenantId: demoTenant.id, feature: "writing", task: "mail", promptVersion: 1 },
        ...{ source: "model" as const, modelId: "big", model: "Big", outcome: "answered" },
        askedAt: new Date(`${day(ago)}T12:00:00Z`),
        ...line,
      })),
    );
  });
  await db.close();
}

async function openConsole(
  browser: { newPage(): Promise<Page> },
  serverUrl: string,
  name: string,
  key: string,
): Promise<Page> {
  const page = await browser.newPage();
  await enterConsole(page, serverUrl, name);
  await page.goto(`${serverUrl}/console/${key}`);
  return page;
}

function sectionOf(page: Page, title: string): Locator {
  return page.getByRole("heading", { name: title, exact: true }).locator("xpath=..");
}

/** All of them, the most of it first. */
async function expectBars(
  page: Page,
  title: string,
  bars: readonly (readonly [string, string])[],
): Promise<void> {
  await expect(sectionOf(page, title).getByRole("listitem")).toHaveText(
    bars.map(([name, amount]) => new RegExp(`^${name}\\s*${RegExp.escape(amount)}$`, "u")),
  );
}
