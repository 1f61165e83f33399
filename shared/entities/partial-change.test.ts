import { expect, test } from "vitest";
import { applyChange, whatStood } from "./partial-change.ts";

const record = { name: "Northgate", terms: { lead: "lead", deal: "deal" }, hours: [1, 2], holiday: null };

test("a change replaces the fields that it names, and leaves those beside them", () => {
  expect(applyChange(record, { terms: { deal: "contract" }, hours: [3] })).toEqual({
    ...record,
    terms: { lead: "lead", deal: "contract" },
    hours: [3],
  });
});

test("two changes of different fields come to the same in either order", () => {
  const [one, other] = [{ terms: { lead: "prospect" } }, { terms: { deal: "contract" }, name: "Southgate" }];
  const inOrder = applyChange(applyChange(record, one), other);
  expect(applyChange(applyChange(record, other), one)).toEqual(inOrder);
});

test("what stood takes a change back, and nothing that came beside it", () => {
  const change = { terms: { lead: "prospect" }, holiday: { on: "2026-12-25" } };
  const undo = whatStood(record, change);
  expect(undo).toEqual({ terms: { lead: "lead" }, holiday: null });
  const meanwhile = applyChange(applyChange(record, change), { terms: { deal: "contract" } });
  expect(applyChange(meanwhile, undo)).toEqual({ ...record, terms: { lead: "lead", deal: "contract" } });
});
