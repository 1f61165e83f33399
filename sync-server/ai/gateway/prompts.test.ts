import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "../../../resources/prompts");

/** The beginning of each file's SHA-256. Another wording is another file: a line is added here, and none changed. */
const known: Record<string, string> = {
  "assistant.chat.v1.md": "829ddaafa1cdf13d",
  "assistant.chat.v2.md": "ad478e2e3bbcdfe9",
  "assistant.deal-insight.v1.md": "4b2dc636eb337eec",
  "assistant.email.v1.md": "7a123de6d7427c94",
  "assistant.landing.v1.md": "cd8b87d8a218c499",
  "assistant.listing.v1.md": "02b19485f9b42fea",
  "assistant.message.v1.md": "766564391f86b880",
  "assistant.picture.v1.md": "3486fb08ac27698f",
  "bot.answer.v1.md": "d386c3c792a1ee3e",
  "bot.suggest.v1.md": "768bf0de66d74302",
  "coaching.card.v1.md": "f38aea5fe2274c4c",
  "coaching.report-words.v1.md": "03fd35b6d7add4d2",
  "coaching.report-words.v2.md": "7a7dab28c4c60a70",
};

test("a prompt that was used is never changed: what was made with it can be told apart by its version", () => {
  const files = readdirSync(folder).map((name) => {
    const hash = createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
    return [name, hash.slice(0, 16)];
  });
  expect(Object.fromEntries(files)).toEqual(known);
});
