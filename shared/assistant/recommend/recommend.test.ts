import { describe, expect, test } from "vitest";
import type { Message } from "../../entities/activity.ts";
import {
  daysAgo,
  someAppointment,
  someCall,
  someDeal,
  someLead,
  someStory,
  someTask,
  storyNow,
} from "../../../testing/fakes/some-story.ts";
import { recommend } from "./recommend.ts";

const quiet = { reports: [], messages: [], deals: [], calls: [] };
const planned = { tasks: [someTask({ dueAt: daysAgo(-3) })] };
const reachable = someLead({ phone: "+1 312 555 0140" });
const advise = (own: object) => recommend(someStory({ ...quiet, ...planned, lead: reachable, ...own }));
const keysFor = (own: object) => advise(own).map(({ key }) => key.split(":")[0]);

const letter = (direction: Message["direction"], days: number, own: Partial<Message> = {}) =>
  ({
    ...{ id: `${direction}-${days}`, channel: "email", direction, at: daysAgo(days), subject: "", text: "" },
    ...{ status: direction === "inbound" ? "received" : "sent", ...own },
  }) as Message;
const spoke = (days: number) => someCall({ startedAt: daysAgo(days), answeredAt: daysAgo(days) });
const tried = (days: number) => someCall({ id: `tried-${days}` as never, startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore

describe("letters that nobody answered", () => {
  test("whoever wrote is answered, whichever way they wrote", () => {
    const [one] = advise({ messages: [letter("inbound", 1, { channel: "sms" })] });
    expect(one).toMatchObject({
      ...{
        key: "letter:inbound-1",
        kind: "contact",
        title: "Answer them",
        deed: { do: "write", callId: null },
      },
      reason: "They wrote a text message yesterday, and nobody has answered.",
      ...{ priority: 87, confidence: 0.8, expiresAt: daysAgo(1 - 14) },
    });
    const [now] = advise({ messages: [letter("inbound", 0)] });
    expect([now?.priority, now?.reason]).toEqual([
      90,
      "They wrote an e-mail today, and nobody has answered.",
    ]);
    expect(keysFor({ messages: [letter("inbound", 14.1)] })).not.toContain("letter");
  });

  test("an answer is what left us, or words with them since: no draft, nothing that came back, no call in vain", () => {
    const after = (...own: object[]) => keysFor(Object.assign({ messages: [letter("inbound", 2)] }, ...own));
    const both = (status: Message["status"]) => ({ messages: [letter("outbound", 1, { status }), letter("inbound", 2)] }); // prettier-ignore
    for (const status of ["queued", "sent", "opened", "replied"] as const)
      expect(after(both(status)), status).toEqual([]);
    for (const status of ["draft", "bounced"] as const)
      expect(after(both(status)), status).toEqual(["letter"]);
    expect(after({ calls: [spoke(1)] })).toEqual([]);
    expect(after({ calls: [tried(1)] })).toEqual(["letter"]);
    expect(after({ pastAppointments: [someAppointment({ startAt: daysAgo(1) })] }), "they have met").toEqual(
      [],
    );
    expect(after({ messages: [letter("inbound", 2), letter("outbound", 3)] })).toEqual(["letter"]);
  });

  test("what we wrote about a deal is asked about after five days without a word, until that is a silence", () => {
    const sent = (days: number, own: object = {}) =>
      advise({ deals: [someDeal()], messages: [letter("outbound", days)], ...own });
    expect(sent(6)).toMatchObject([
      {
        ...{
          key: "our-letter:outbound-6",
          kind: "contact",
          title: "Ask about your letter",
          deed: { do: "call" },
        },
        reason: "We wrote an e-mail 15 November, and have heard nothing since.",
        ...{ priority: 60, confidence: 0.6, expiresAt: daysAgo(6 - 14) },
      },
    ]);
    expect(sent(4)).toEqual([]);
    expect(sent(6, { deals: [] })).toEqual([]);
    expect(sent(6, { calls: [spoke(5)] })).toEqual([]);
    expect(sent(6, { messages: [letter("outbound", 6, { status: "replied" })] })).toEqual([]);
    expect(sent(15).map(({ title }) => title)).toEqual(["Get in touch again"]);
    expect(sent(6, { lead: { ...reachable, doNotCall: true } })[0]?.deed.do).toBe("write");
  });
});

describe("new leads that nobody has called", () => {
  const came = (days: number, own: object = {}) => ({
    lead: { ...reachable, createdAt: daysAgo(days), source: "Website", ...own },
  });

  test("they are called at once, and for two weeks", () => {
    expect(advise(came(0.1))).toMatchObject([
      {
        ...{
          key: "first-contact:0",
          kind: "timing",
          title: "Call them for the first time",
          deed: { do: "call" },
        },
        reason: "New today (Website), and nobody has called yet.",
        ...{ priority: 92, confidence: 0.8, expiresAt: daysAgo(0.1 - 14) },
      },
    ]);
    expect(advise(came(5))[0]).toMatchObject({ priority: 77, confidence: 0.6 });
    expect(keysFor(came(14.1))).toEqual([]);
  });

  test("whoever was tried in vain is tried again some hours later, three times in all", () => {
    const tries = (...days: number[]) => advise({ ...came(5), calls: days.map(tried) });
    expect(tries(0.1)).toEqual([]);
    expect(tries(1, 3)[0]).toMatchObject({
      ...{ key: "first-contact:2", title: "Try to reach them again" },
      reason: "New since 16 November (Website), tried 2 times and not reached yet.",
    });
    expect(tries(1)[0]?.reason).toContain("tried once");
    expect(tries(1, 2, 3)).toEqual([]);
  });

  test("who cannot or must not be called is written to", () => {
    for (const own of [{ phone: "" }, { doNotCall: true }])
      expect(advise(came(1, own))).toMatchObject([
        {
          ...{ title: "Write to them for the first time", deed: { do: "write", callId: null } },
          reason: "New since yesterday (Website), and nobody has written to them yet.",
        },
      ]);
  });

  test("nobody is new who was met, wrote, is expected, or came with a whole list", () => {
    expect(keysFor({ ...came(1), calls: [spoke(0.5)] })).toEqual([]);
    expect(keysFor({ ...came(1), messages: [letter("inbound", 1)] })).toEqual(["letter"]);
    expect(keysFor({ ...came(1), messages: [letter("outbound", 1)] })).toEqual([]);
    const ahead = someAppointment({ startAt: daysAgo(-1), endAt: daysAgo(-1.1), status: "planned" });
    expect(keysFor({ ...came(1), appointments: [ahead] })).toEqual([]);
    expect(keysFor(came(1, { importId: "list" }))).toEqual([]);
  });
});

describe("deals whose day has passed", () => {
  const deal = (day: string, own: object = {}) => someDeal({ expectedCloseOn: day, ...own });
  const with_ = (deals: object[], own: object = {}) => advise({ calls: [spoke(5)], deals, ...own });

  test("whoever was to decide is asked, from the day after on", () => {
    expect(with_([deal("2026-11-14")])).toMatchObject([
      {
        ...{ key: "deal-day:deal-1:2026-11-14", kind: "workflow", title: "Ask where the deal stands" },
        ...{ deed: { do: "call" }, reason: "“Second floor” was to be closed by 14 November 2026." },
        ...{ priority: 68, confidence: 0.7, expiresAt: daysAgo(-7) },
      },
    ]);
    expect(with_([deal("2026-11-21")])).toEqual([]);
    expect(with_([deal("2026-11-20")], { timeZone: "Pacific/Auckland" })).toHaveLength(1);
    expect(
      with_([deal("2026-11-21")], { timeZone: "Pacific/Auckland" }),
      "there it is tomorrow",
    ).toHaveLength(1);
    expect(with_([deal("2026-08-01")])[0]?.confidence).toBe(0.4);
    expect(with_([deal("2026-11-14")], { lead: { ...reachable, doNotCall: true } })[0]?.deed.do).toBe(
      "write",
    );
    const [seen] = recommend(someStory({ deals: [deal("2026-11-14")], ...planned, reports: [], calls: [spoke(5)] }), () => daysAgo(8)); // prettier-ignore
    expect(seen && seen.expiresAt < storyNow).toBe(true);
  });

  test("of several it is the one whose day was last; none that is closed, none where they were just spoken with or are expected", () => {
    const all = [deal("2026-10-01"), deal("2026-11-10", { id: "last" }), deal("2026-11-19", { id: "won", stage: "signed" })]; // prettier-ignore
    expect(with_(all).map(({ key }) => key)).toEqual(["deal-day:last:2026-11-10"]);
    expect(with_([deal("2026-11-14")], { calls: [spoke(1)] })).toEqual([]);
    const ahead = someAppointment({ startAt: daysAgo(-1), endAt: daysAgo(-1.1), status: "planned" });
    expect(with_([deal("2026-11-14")], { appointments: [ahead] })).toEqual([]);
    expect(with_([someDeal({ expectedCloseOn: null })])).toEqual([]);
  });
});

test("who is silent and must not be called is written to", () => {
  const silent = advise({ calls: [spoke(30)], lead: { ...reachable, doNotCall: true } });
  expect(silent).toMatchObject([{ title: "Get in touch again", deed: { do: "write", callId: null } }]);
});

test("nobody is told to call whom the desk cannot dial", () => {
  const missed = someCall({ direction: "inbound", startedAt: daysAgo(1), answeredAt: null });
  const often = [1, 2, 3, 4].map((days) => someCall({ id: `tried-${days}` as never, startedAt: daysAgo(days + 0.2), answeredAt: days > 2 ? daysAgo(days + 0.2) : null })); // prettier-ignore
  for (const own of [{ phone: "" }, { doNotCall: true }])
    for (const calls of [[missed], often])
      for (const { deed } of advise({ calls, lead: { ...reachable, ...own } })) expect(deed.do).not.toBe("call"); // prettier-ignore
  expect(keysFor({ calls: [missed] })).toEqual(["call-back"]);
});
