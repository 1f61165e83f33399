import { expect, test } from "vitest";
import {
  answered,
  ended,
  one,
  opened,
  openPhone,
  place,
  recordOfDial,
  reportsOf,
} from "../../../../testing/phone/stepped-phone.ts";

test("a way to the carrier is no answer: the record tells that they ring, and that they picked up", () => {
  const phone = openPhone();
  place(phone, one);
  expect(phone.phases()).toEqual(["dialling"]);
  expect(phone.shown().calls[0]?.can).toEqual(["hang-up", "mute"]);
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "ringing") });
  expect(phone.phases()).toEqual(["ringing"]);
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "ringing", "answered") });
  expect(phone.phases()).toEqual(["live"]);
  expect(phone.shown().calls[0]?.can).toContain("hold");
  phone.tell({ type: "held", callId: one, on: true });
  expect(phone.phases()).toEqual(["held"]);
  expect(reportsOf(phone.all)).toEqual(["requested"]);
});

test("who picked up before our own way to the carrier was open is heard once it is, and can be put on hold", () => {
  const phone = openPhone();
  phone.ask({ do: "dial", callId: one, to: "+14155550142", leadId: null });
  const permit = { callId: one, to: "+14155550142", from: "+14155550100", announce: false };
  phone.tell({ type: "permitted", askId: "ask-1", permit });
  phone.tell(opened(one));
  phone.tell({ type: "record", callId: one, call: recordOfDial("dialled", "answered") });
  phone.tell(answered(one));
  expect(phone.phases()).toEqual(["live"]);
  phone.tell({ type: "held", callId: one, on: true });
  expect(phone.phases()).toEqual(["held"]);
  expect(reportsOf(phone.all)).toEqual(["requested"]);
});

test("a device that speaks to the other side itself hears the answer", () => {
  const phone = openPhone();
  place(phone, one, true);
  expect(phone.phases()).toEqual(["live"]);
  expect(reportsOf(phone.all)).toEqual(["requested", "answered"]);
});

test("a line that closes before anybody is known to have picked up is shown as that, and left for the carrier to tell", () => {
  const phone = openPhone();
  place(phone, one);
  const effects = phone.tell(ended(one));
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ why: "no-answer" });
  expect(reportsOf(effects)).toEqual([]);
});

test("who hangs up before anybody picked up has cancelled, and says so", () => {
  const phone = openPhone();
  place(phone, one);
  phone.ask({ do: "hang-up", callId: one });
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
  expect(phone.shown().calls[0]?.call.phase).toMatchObject({ why: "cancelled" });
});
