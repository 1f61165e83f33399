import { expect, test } from "vitest";
import { presenceChoices, presenceText } from "./presence-words.ts";

const labels = new Map([["lunch", "Lunch"]]);
const breakLabel = (key: string) => labels.get(key) ?? key;

test("a break says why, by its key where the reason is no longer known", () => {
  expect(presenceText({ presence: "break", reason: "lunch" }, breakLabel)).toBe("Break · Lunch");
  expect(presenceText({ presence: "break", reason: "yoga" }, breakLabel)).toBe("Break · yoga");
  expect(presenceText({ presence: "break", reason: "" }, breakLabel)).toBe("Break");
  expect(presenceText({ presence: "busy", reason: "lunch" }, breakLabel)).toBe("Busy");
});

test("the tenant's reasons stand behind the plain break", () => {
  expect(presenceChoices([{ key: "lunch", label: "Lunch" }]).map(({ label }) => label)).toEqual([
    "Available",
    "Busy",
    "Break",
    "Break: Lunch",
    "Offline",
  ]);
});
