import { expect, test } from "vitest";
import { offer, one } from "../../../../testing/phone/stepped-phone.ts";
import type { Offer, PhoneEvent } from "../machine/model.ts";
import { withWholeNumbers } from "./whole-numbers.ts";

const rung = (call: Partial<Offer>): PhoneEvent => {
  const event = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  return { ...event, call: { ...event.call, ...call } };
};

test("whoever calls by a company's own exchange, or is put through there, has the number that leads have", () => {
  const written = { from: "02071234567", to: "101", provider: "sip" };
  expect(withWholeNumbers(rung(written), "GB")).toEqual(rung({ ...written, from: "+442071234567" }));
  const passed = { type: "other-side", callId: one, number: "442071234568", name: "" } as const;
  expect(withWholeNumbers(passed, "GB")).toEqual({ ...passed, number: "+442071234568" });
});

test("a carrier's are as it says, and so is all else", () => {
  for (const event of [rung({ from: "02071234567" }), { type: "answered", callId: one } as const])
    expect(withWholeNumbers(event, "GB")).toBe(event);
});
