import { expect, test } from "vitest";
import { sourceWords } from "./source-words.ts";

test("a line says by what listings were found, and what kept the server from better", () => {
  const busy = "The model is busy.";
  expect(sourceWords({ compared: null, why: "" })).toBe("From their fields.");
  expect(sourceWords({ compared: null, why: "No network." })).toBe("From their fields alone. No network.");
  expect(sourceWords({ compared: "model", why: "" })).toBe("From their fields, and the meaning of their own words."); // prettier-ignore
  expect(sourceWords({ compared: "rules", why: "" })).toBe("From their fields, and their own words.");
  expect(sourceWords({ compared: "rules", why: busy })).toBe("From their fields, and their own words. The model is busy."); // prettier-ignore
});
