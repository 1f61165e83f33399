import type { Locator, Page } from "@playwright/test";
import { openAiLike } from "../ai/stand-ins/openai-like.ts";
import { pauses, startModelServer } from "../ai/stand-ins/model-server.ts";
import { signInAdmin } from "./admin-api.ts";
import { openDesk, openLead } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// The stand-in listens on this machine.
test.use({ serverSettings: { PRIVATE_MODEL_PROVIDERS: "true" } });

const dialect = openAiLike("compatible");
const model = {
  ...{ label: "Larger", wireName: "large-1", role: "large", features: [], systemMessage: "", tags: [] },
  ...{ contextTokens: 64_000, maxOutputTokens: 900, plan: null, industries: [], terms: "paid", endsAt: null },
  ...{ featured: false, position: 0, enabled: true },
  // A dollar for a thousand tokens of an answer: one that may have 900 of them costs 90 cents at most.
  price: { input: 0, output: 1_000_000_000 },
};
const budget = {
  ...{ per: "organisation", userId: null, feature: null, modelId: null, measure: "money", period: "month" },
  ...{ most: 1_000_000_000, action: "stop" },
};

test("a budget that is hit in the middle of an answer: it comes to its end and stays, and who asks next is told what happened", async ({
  stage,
  browser,
}) => {
  const server = await startModelServer();
  try {
    const admin = await signInAdmin(stage);
    const access = { kind: "compatible", label: "Ours", baseUrl: `${server.url}/v1`, apiVersion: null, apiKey: "sk-test" }; // prettier-ignore
    const account = await admin.ask<{ id: string }>("POST", "/ai/accounts", access);
    await admin.ask("POST", "/ai/models", { ...model, accountId: account.id });
    await admin.ask("POST", "/ai/limits", budget);

    // Both sit there before anything is asked: an answer that pauses for too long is given up.
    const [ana, ben] = [await openDesk(stage, browser), await openDesk(stage, browser, "Ben Okafor")];
    const [hub, other] = [await askAboutMaria(ana.page), await askAboutMaria(ben.page)];
    const { page } = ana;

    // Ana's answer has begun to come, and holds back most of the month's budget.
    const goOn = Promise.withResolvers<void>();
    const events = dialect.events(["They want the terrace, ", "and nothing else."], "end", { input: 10, output: 500 }); // prettier-ignore
    server.replies(pauses(events, 2, goOn.promise));
    await expect(hub).toContainText("Larger answers.");
    await hub.getByRole("button", { name: "Summarise" }).click();
    const talk = hub.getByRole("log");
    await expect(talk).toContainText("They want the");

    // Ben's question finds no room: he has the rules' answer, and is told why.
    await other.getByRole("button", { name: "What is open?" }).click();
    const refused = /By rules\. Your organisation's AI budget for this month is used up\. It begins anew on/u;
    await expect(other.getByRole("log")).toContainText(refused);
    await expect(other.getByRole("log")).toContainText(/Open with them:|Nothing is open/u);

    // Hers goes on to its end.
    goOn.resolve();
    await expect(talk).toContainText("They want the terrace, and nothing else.");
    await expect(talk).toContainText("Written by Larger.");

    // It has used half of the budget: her next question is refused as well, and what came stays where it is.
    await hub.getByRole("button", { name: "What was agreed?" }).click();
    await expect(talk).toContainText(refused);
    await page.keyboard.press("Escape");
    await page.reload();
    await expect(page.getByRole("heading", { level: 2, name: "Maria Kowalski" })).toBeVisible();
    await page.keyboard.press("Control+j");
    await expect(talk).toContainText("They want the terrace, and nothing else.");
    expect(server.asked.filter(({ path }) => path.endsWith("/chat/completions"))).toHaveLength(1);
  } finally {
    await server.close();
  }
});

/** @returns the assistant beside her profile */
async function askAboutMaria(page: Page): Promise<Locator> {
  await openLead(page, "Maria Kowalski", "Halden Logistics");
  await page.keyboard.press("Control+j");
  const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
  await expect(hub).toBeVisible();
  return hub;
}
