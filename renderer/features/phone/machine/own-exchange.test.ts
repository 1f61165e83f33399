import { assert, describe, expect, test } from "vitest";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { applyReport, callRules } from "../../../../shared/calls/call-record.ts";
import { foldCall } from "../../../../shared/calls/fold-call.ts";
import {
  answered,
  ended,
  offer,
  one,
  openPhone,
  place,
  reportsOf,
  type TestPhone,
} from "../../../../testing/phone/stepped-phone.ts";
import type { PhoneEffect, PhoneEvent } from "./model.ts";

// A company's own exchange tells the server nothing: what became of a caller is known to the desks that rang alone.

const fromExchange = (callId: RecordId): PhoneEvent => {
  const rung = offer(callId) as Extract<PhoneEvent, { type: "offered" }>;
  return { ...rung, call: { ...rung.call, provider: "sip" } };
};
const eventsOf = (effects: readonly PhoneEffect[]) =>
  effects.flatMap((effect) => (effect.do === "report" ? effect.events : []));
const foldOf = (effects: readonly PhoneEffect[]) => foldCall(eventsOf(effects), callRules);

const fromDesk = (desk: string, effects: readonly PhoneEffect[]): PhoneEffect[] =>
  effects.map((effect) =>
    effect.do === "report"
      ? { ...effect, events: effect.events.map((event) => ({ ...event, source: `device:${desk}` })) }
      : effect,
  );

test("a caller who gives up has been missed, and is there to be called back", () => {
  const phone = openPhone();
  expect(reportsOf(phone.tell(fromExchange(one)))).toEqual([]);
  const effects = phone.tell({ type: "offer-gone", callId: one, why: "cancelled" });
  expect(reportsOf(effects)).toEqual(["offered", "routed", "ended"]);
  expect(foldOf(effects)).toMatchObject({
    ...{ direction: "inbound", from: "+14155550100", provider: "sip", answeredAt: null },
    phase: { phase: "ended", why: "abandoned" },
  });
});

test("one who is declined has been missed as well, and why is kept", () => {
  const phone = openPhone();
  phone.tell(fromExchange(one));
  const effects = phone.ask({ do: "decline", callId: one });
  expect(reportsOf(effects)).toEqual(["offered", "routed", "passed", "ended"]);
  expect(foldOf(effects)).toMatchObject({ from: "+14155550100", phase: { phase: "ended", why: "declined" } });
});

test("one whom a colleague took has not, and is the colleague's to tell of", () => {
  const phone = openPhone();
  phone.tell(fromExchange(one));
  expect(reportsOf(phone.tell({ type: "offer-gone", callId: one, why: "answered-elsewhere" }))).toEqual([]);
});

describe("one who rings on two desks, of which one", () => {
  const ways = {
    "declines them": (desk: TestPhone) => desk.ask({ do: "decline", callId: one }),
    "hears no more than that they have gone": (desk: TestPhone) =>
      desk.tell({ type: "offer-gone", callId: one, why: "cancelled" }),
  };

  test.each(Object.entries(ways))("%s, rings on and is in a call with whoever picks up", (_, letGo) => {
    const [phone, other] = [openPhone(), openPhone()];
    phone.tell(fromExchange(one));
    other.tell(fromExchange(one));
    const told = fromDesk("two", letGo(other));
    const recorded = foldOf(told);
    assert(recorded);
    expect(phone.tell({ type: "record", callId: one, call: recorded })).toEqual([]);
    phone.ask({ do: "answer", callId: one });
    const taken = phone.tell(answered(one));
    expect(foldOf([...told, ...taken])).toMatchObject({ phase: { phase: "live" }, endedAt: null });
    const over = phone.tell(ended(one));
    expect(foldOf([...told, ...taken, ...over])).toMatchObject({ phase: { why: "completed" } });
  });
});

test("one who hangs up while they are being answered is told of whole", () => {
  const phone = openPhone();
  phone.tell(fromExchange(one));
  phone.ask({ do: "answer", callId: one });
  const effects = phone.tell(ended(one));
  expect(reportsOf(effects)).toEqual(["offered", "routed", "ended"]);
  expect(foldOf(effects)).toMatchObject({
    from: "+14155550100",
    phase: { phase: "ended", why: "abandoned" },
  });
});

test("of one who was answered the beginning is told once", () => {
  const phone = openPhone();
  phone.tell(fromExchange(one));
  phone.ask({ do: "answer", callId: one });
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  expect(reportsOf(phone.tell(answered(one)))).toEqual(["offered", "routed", "answered"]);
  expect(reportsOf(phone.tell(ended(one)))).toEqual(["ended"]);
});

test("somebody who was put through is shown and looked for instead of whom it began with, and told of", () => {
  const phone = openPhone();
  phone.tell(fromExchange(one));
  phone.ask({ do: "answer", callId: one });
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  const answer = phone.tell(answered(one));
  const first = { id: "lead-1" as RecordId, name: "Maria Kowalski", company: "Halden" };
  phone.tell({ type: "named", callId: one, lead: first });
  expect(phone.shown().calls[0]).toMatchObject({ number: "+14155550100", name: "Maria Kowalski" });
  const passed = phone.tell({ type: "other-side", callId: one, number: "+14155550177", name: "Max" });
  const now = { number: "+14155550177", name: "Max", company: "", leadId: null };
  expect(phone.shown().calls[0]).toMatchObject(now);
  // What is known of whom it began with comes late, and says nothing of who is there now.
  const recorded = foldOf(answer);
  assert(recorded);
  phone.tell({ type: "record", callId: one, call: { ...recorded, leadId: first.id } });
  expect(phone.shown().calls[0]).toMatchObject(now);
  expect(foldOf([...answer, ...passed])).toEqual({ ...recorded, from: "+14155550177" });
  const otto = { ...first, id: "lead-2" as RecordId, name: "Otto" };
  const named = phone.tell({ type: "named", callId: one, lead: otto, byNumber: true });
  expect(phone.shown().calls[0]).toMatchObject({ number: "+14155550177", name: "Otto", leadId: "lead-2" });
  expect(foldOf([...answer, ...passed, ...named])).toEqual({
    ...recorded,
    ...{ from: "+14155550177", leadId: "lead-2" },
  });
});

describe("the lead whose number it is", () => {
  const lead = { id: "lead-1" as RecordId, name: "Maria Kowalski", company: "Halden" };
  const found: PhoneEvent = { type: "named", callId: one, lead, byNumber: true };
  const pickUp = (phone: TestPhone) => {
    phone.ask({ do: "answer", callId: one });
    phone.tell({ type: "opened", callId: one, controlsItself: true });
    return phone.tell(answered(one));
  };

  test("is told of whoever is talked to or has been missed: no server finds it", () => {
    const phone = openPhone();
    phone.tell(fromExchange(one));
    expect(phone.tell(found)).toEqual([]);
    expect(foldOf(pickUp(phone))).toMatchObject({ leadId: lead.id, phase: { phase: "live" } });
    const missed = openPhone();
    missed.tell(fromExchange(one));
    missed.tell(found);
    const gone = missed.tell({ type: "offer-gone", callId: one, why: "cancelled" });
    expect(foldOf(gone)).toMatchObject({ leadId: lead.id, phase: { why: "abandoned" } });
  });

  test("is told of whom it is found for after they gave up, and not of whom a colleague took", () => {
    const missed = openPhone();
    missed.tell(fromExchange(one));
    const gone = missed.tell({ type: "offer-gone", callId: one, why: "cancelled" });
    const late = missed.tell(found);
    expect(reportsOf(late)).toEqual(["offered"]);
    const told = foldOf([...gone, ...late]);
    expect(told).toEqual({ ...foldOf(gone), leadId: lead.id });
    assert(told);
    // By its record, and by the same answer to the same question.
    missed.tell({ type: "record", callId: one, call: told });
    expect(missed.tell(found)).toEqual([]);
    const taken = openPhone();
    taken.tell(fromExchange(one));
    taken.tell({ type: "offer-gone", callId: one, why: "answered-elsewhere" });
    expect(taken.tell(found)).toEqual([]);
  });

  test("is told once more where it is found in the call, and not where a person says whose it is", () => {
    const phone = openPhone();
    phone.tell(fromExchange(one));
    const before = pickUp(phone);
    const late = phone.tell(found);
    expect(reportsOf(late)).toEqual(["offered"]);
    expect(foldOf([...before, ...late])).toMatchObject({ leadId: lead.id, phase: { phase: "live" } });
    const { type, callId } = found as Extract<PhoneEvent, { type: "named" }>;
    expect(phone.tell({ type, callId, lead: { ...lead, id: "lead-2" as RecordId } })).toEqual([]);
  });
});

test("whom a dial was passed on to is who it is with for everybody, and the lead that was dialled is not theirs", () => {
  const phone = openPhone();
  phone.tell({ type: "line", line: { ...phone.phone().line, provider: "sip" } as never });
  place(phone, one, true);
  const dialled = eventsOf(phone.all).map((event) =>
    event.type === "requested" ? { ...event, leadId: "lead-1" as RecordId } : event,
  );
  const passed = eventsOf(phone.tell({ type: "other-side", callId: one, number: "102", name: "Max" }));
  const before = applyReport(null, [], dialled);
  const after = applyReport(before?.fields ?? null, before?.log ?? [], passed);
  expect(before?.fields).toMatchObject({ to: "+14155550142", leadId: "lead-1", direction: "outbound" });
  expect({ ...before?.fields, ...after?.fields }).toEqual({
    ...before?.fields,
    to: "102",
    leadId: null,
    line: { ...(before?.fields["line"] as object), to: "102", leadId: null },
  });
  const byHand = { ...before?.fields, leadId: "lead-9" };
  expect(applyReport(byHand, dialled, passed)?.fields, "a lead that somebody chose stays").toMatchObject({ leadId: "lead-9" }); // prettier-ignore
});

test("a carrier tells of its own callers", () => {
  const phone = openPhone();
  phone.tell(offer(one));
  expect(reportsOf(phone.tell({ type: "offer-gone", callId: one, why: "cancelled" }))).toEqual([]);
});
