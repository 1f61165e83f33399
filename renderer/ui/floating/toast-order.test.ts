import { expect, test } from "vitest";
import { placeToast, type Toast } from "./toast-order.ts";

const line = (text: string): Toast => ({ text });
const reminder = (text: string): Toast => ({ text, actions: [{ label: "Done", run: () => undefined }] });
const textsAfter = (...toasts: Toast[]) =>
  toasts.reduce<Toast[]>((shown, next) => placeToast(shown, next), []).map(({ text }) => text);

test("a line takes the place of the last line", () => {
  expect(textsAfter(line("Moved to Tour"), line("Moved to Offer"))).toEqual(["Moved to Offer"]);
});

test("a reminder leaves an Undo where it is, and an edit leaves the reminder", () => {
  expect(textsAfter(line("Deleted Wei Chen"), reminder("Call back"))).toEqual([
    "Call back",
    "Deleted Wei Chen",
  ]);
  expect(textsAfter(reminder("Call back"), line("Deleted Wei Chen"))).toEqual([
    "Call back",
    "Deleted Wei Chen",
  ]);
});

test("a reminder that comes again stands once, and of many the latest stay", () => {
  expect(textsAfter(reminder("a"), reminder("b"), reminder("a"))).toEqual(["b", "a"]);
  expect(textsAfter(...["a", "b", "c", "d"].map(reminder))).toEqual(["b", "c", "d"]);
});
