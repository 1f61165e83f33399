import { somePng } from "../ai/some-png.ts";
import { openAiLike } from "../ai/stand-ins/openai-like.ts";
import { sends, startModelServer, streams, type Reply } from "../ai/stand-ins/model-server.ts";
import { enterConsole } from "./console-page.ts";
import { expectOffline, expectSynced, goTo, openDesk, openLead, undoFromToast } from "./desk-page.ts";
import { expect, test } from "./stage.ts";

// The stand-in listens on this machine.
test.use({ serverSettings: { PRIVATE_MODEL_PROVIDERS: "true" } });

const dialect = openAiLike("compatible");
const insight = {
  probability: 31,
  reasoning: "They said that the board is against it.",
  steps: [{ text: "Call the board", dueInDays: 1 }, { text: "Send the figures", dueInDays: 3 }], // prettier-ignore
  risks: ["The board"],
};

/** Prose comes as a stream, data as a whole. */
function writes(...pieces: string[]): Reply {
  return withMeanings((response, asked) => {
    const isStream = (asked.body as { stream?: boolean }).stream === true;
    if (isStream) streams(dialect.events(pieces))(response, asked);
    else sends(200, dialect.says(JSON.stringify(insight)))(response, asked);
  });
}

/** Meanings differ by chance, every picture is the same; whatever else is asked is answered by `reply`. Meanings may be asked at any time. */
function withMeanings(reply: Reply): Reply {
  return (response, asked) => {
    if (asked.path.endsWith("/embeddings")) sends(200, meansSomething(asked.body))(response, asked);
    else if (asked.path.endsWith("/images/generations")) sends(200, aPicture)(response, asked);
    else reply(response, asked);
  };
}

const aPicture = { created: 1, data: [{ b64_json: somePng.toString("base64") }] };

/** One of eight directions by what letters a text has: some of many are near to whatever is compared with them. */
function meansSomething(body: unknown) {
  const { input } = body as { input: string[] };
  const data = input.map((text, index) => {
    const direction = Array.from(text).reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 8;
    const angle = (direction * Math.PI) / 16;
    return { object: "embedding", index, embedding: [Math.cos(angle), Math.sin(angle)] };
  });
  return { object: "list", data, usage: { prompt_tokens: input.length, total_tokens: input.length } };
}

test("a model that an admin has set up answers at the desk, and what breaks off in the middle is said", async ({
  stage,
  browser,
  page: console_,
}) => {
  const model = await startModelServer();
  try {
    model.replies(writes("Subject: The terrace\n\n", "Dear ", "Maria, it is yours."));
    await enterConsole(console_, stage.serverUrl);
    await console_.getByRole("link", { name: "Models", exact: true }).click();
    await console_.getByRole("link", { name: "Add an account with a provider" }).click();
    await console_.getByRole("combobox", { name: "Provider" }).click();
    await console_.getByRole("option", { name: /^Another/u }).click();
    await console_.getByRole("textbox", { name: "Name" }).fill("Our own");
    await console_.getByRole("textbox", { name: "Address" }).fill(`${model.url}/v1`);
    await console_.getByLabel("Key").fill("sk-test");
    await console_.getByRole("button", { name: "Add the account" }).click();
    await console_.getByRole("button", { name: /^Add a model/u }).click();
    await console_.getByRole("textbox", { name: "The provider's name of it" }).fill("large-1");
    await console_.getByRole("textbox", { name: "Name", exact: true }).fill("Larger");
    await console_.getByRole("button", { name: "Add the model" }).click();
    await expect(console_.getByRole("button", { name: "Add the model" })).toBeHidden();
    await console_.getByRole("button", { name: /^Add a model/u }).click();
    await console_.getByRole("textbox", { name: "The provider's name of it" }).fill("meanings-1");
    await console_.getByRole("combobox", { name: "Role" }).click();
    await console_.getByRole("option", { name: "Embeddings" }).click();
    await console_.getByRole("button", { name: "Add the model" }).click();
    await expect(console_.getByRole("button", { name: "Add the model" })).toBeHidden();

    await console_.getByRole("button", { name: /^Add a model/u }).click();
    await console_.getByRole("textbox", { name: "The provider's name of it" }).fill("pictures-1");
    await console_.getByRole("textbox", { name: "Name", exact: true }).fill("Painter");
    await console_.getByRole("combobox", { name: "Role" }).click();
    await console_.getByRole("option", { name: "Pictures" }).click();
    await console_.getByRole("textbox", { name: "Price of a picture" }).fill("0.04");
    await console_.getByRole("button", { name: "Add the model" }).click();
    await expect(console_.getByRole("cell", { name: "$0.04" })).toBeVisible();

    await test.step("a prompt that is tried is answered by it, with the data that was typed", async () => {
      await console_.getByRole("link", { name: "Prompts" }).click();
      await console_.getByRole("textbox", { name: "Data, as JSON" }).fill("{ about: nobody }");
      await console_.getByRole("button", { name: "Ask", exact: true }).click();
      await expect(console_.getByText("The data is not JSON.")).toBeVisible();
      await console_.getByRole("textbox", { name: "Data, as JSON" }).fill('{ "about": "the yellow tram" }');
      await console_.getByRole("button", { name: "Ask", exact: true }).click();
      const answer = console_.getByRole("status").filter({ hasText: "Larger answered:" });
      await expect(answer).toContainText("Dear Maria, it is yours.");
      // Vectors may be asked for at any time.
      expect(model.asked.some(({ body }) => JSON.stringify(body).includes("the yellow tram"))).toBe(true);
    });

    const { page } = await openDesk(stage, browser);
    await openLead(page, "Maria Kowalski", "Halden Logistics");
    await page.keyboard.press("Control+j");
    const hub = page.getByRole("dialog", { name: "Assistant: Maria Kowalski" });
    await expect(hub).toContainText("Larger answers.");
    await page.keyboard.press("Escape");

    // What fits them, by the meanings that the model finds: all are alike to it, and no name of theirs went there.
    const matches = page.getByRole("region", { name: "Matching floors" });
    await expect(matches).toContainText("near to what they said");
    const compared = JSON.stringify(model.asked.filter(({ path }) => path.endsWith("/embeddings")));
    expect(compared).toContain("meanings-1");
    expect(compared).not.toContain("Kowalski");

    // A letter, by the model; what it was told holds her words, and no name of hers.
    await page.keyboard.press("w");
    const writer = page.getByRole("region", { name: "Write to this person" });
    await writer.getByRole("button", { name: "Write", exact: true }).click();
    await expect(writer.getByRole("textbox", { name: "Subject" })).toHaveValue("The terrace");
    await expect(writer.getByRole("textbox", { name: "Text", exact: true })).toHaveValue("Dear Maria, it is yours."); // prettier-ignore
    await expect(writer).toContainText("Written by Larger.");
    const told = JSON.stringify(model.asked.map(({ body }) => body));
    expect(told).toContain("large-1");
    expect(told).not.toContain("Kowalski");
    await writer.getByRole("button", { name: "Useful", exact: true }).click();
    await expect(writer.getByRole("button", { name: "Useful", exact: true })).toHaveAttribute("aria-pressed", "true"); // prettier-ignore
    await writer.getByRole("button", { name: "Close" }).click();

    // A talk whose words break off: the rules begin anew, and the person is told.
    model.replies(withMeanings(streams(dialect.events(["She stands ", "at"]).slice(0, 3), "destroy")));
    await page.keyboard.press("Control+j");
    await hub.getByRole("button", { name: "Summarise" }).click();
    await expect(hub.getByRole("log")).toContainText(/By rules\. .*broke off/u);
    await expect(hub.getByRole("log")).toContainText(/Maria Kowalski \(.*\) stands at/u);
    await expect(hub.getByRole("log")).not.toContainText("She stands");
    await page.keyboard.press("Escape");
    await expect(hub).toBeHidden();

    // A deal that is likely to be lost: what to do about it becomes tasks, which one click takes back, and one makes again.
    model.replies(writes(""));
    // An answer stands for as long as nothing new is known of whom the deal is with.
    await expectSynced(page);
    await goTo(page, "/deals", "Deals");
    await page.getByRole("option").first().click();
    const card = page.getByRole("region", { name: "Where it stands" });
    await card.getByRole("button", { name: "Ask the assistant" }).click();
    await expect(card).toContainText("31 % likely to be won");
    await expect(card).toContainText("Written by Larger.");
    await undoFromToast(page, "2 tasks for the deal, as it may slip away");
    await expect(page.getByText("Taken back: 2 tasks for the deal")).toBeVisible();
    await card.getByRole("button", { name: "Make 2 tasks" }).click();
    await expect(page.getByText(/^2 tasks for the deal(?!,)/u)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(card).toBeHidden();

    // A listing, described by the model and put in the place of what stood there.
    model.replies(writes("A floor with ", "light from both sides."));
    await goTo(page, "/listings", "Floors");
    await page.getByRole("grid").getByRole("row").nth(1).click();
    await page.keyboard.press("Enter");
    const describing = page.getByRole("region", { name: "Write a description" });
    await describing.getByRole("button", { name: "Write a description" }).click();
    await expect(describing).toContainText("Written by Larger.");
    await describing.getByRole("button", { name: "Use it" }).click();
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("A floor with light from both sides."); // prettier-ignore

    // Its landing page comes from the model, too; a link that nobody gave it is said.
    model.replies(writes("Headline: Light\nCall to action: ", "https://elsewhere.example/now\n"));
    await describing.getByText("Landing page", { exact: true }).click();
    const landing = page.getByRole("region", { name: "Write a landing page" });
    await landing.getByRole("button", { name: "Write a landing page" }).click();
    await expect(landing).toContainText("Written by Larger.");
    await expect(landing.getByRole("textbox")).toHaveValue(/^Headline: Light/u);
    await expect(landing.getByRole("status")).toContainText("not in your records");

    // Its picture: drawn, put to the listing, taken back, put there again, and another one beside it.
    const picture = page.getByRole("region", { name: "Picture" });
    await picture.getByRole("button", { name: "Draw a picture" }).click();
    await expect(picture).toContainText("Drawn by Painter, no photograph.");
    await expect(picture.getByRole("img", { name: /^Drawn picture of / })).toBeVisible();
    await picture.getByRole("button", { name: "Use it" }).click();
    await expect(picture.getByRole("button", { name: "Remove" })).toBeVisible();
    await undoFromToast(page, "The listing has this picture now");
    await picture.getByRole("button", { name: "Use it" }).click();
    await expect(picture.getByRole("button", { name: "Remove" })).toBeVisible();
    await picture.getByRole("button", { name: "Draw another" }).click();
    await picture.getByText("The one it has").click();
    await expect(picture.getByRole("button", { name: "Remove" })).toBeVisible();
    const drawn = model.asked.filter(({ path }) => path.endsWith("/images/generations"));
    expect(drawn).toHaveLength(2);
    await page.keyboard.press("Escape");

    // Without the server it is this device that answers, and it says so before it is asked.
    await stage.stopServer();
    await expectOffline(page);
    await page.keyboard.press("Control+j");
    await expect(page.getByRole("dialog", { name: "Assistant" })).toContainText(
      "Rules of this device answer",
    );
    await page.keyboard.press("Escape");

    // The listing's picture is there all the same, and another one is not drawn.
    await page.getByRole("grid").getByRole("row").nth(1).click();
    await page.keyboard.press("Enter");
    await picture.getByText("The one it has").click();
    await expect(picture.getByRole("img", { name: /^Drawn picture of / })).toBeVisible();
    await picture.getByRole("button", { name: "Draw another" }).click();
    await expect(picture.getByRole("status")).toContainText("The server cannot be reached.");
  } finally {
    await model.close();
  }
});
