import { expect, test } from "vitest";
import { CallEvent } from "./call-event.ts";
import { foldCall } from "./fold-call.ts";

// Ana talks to a customer, and asks somebody else in.

const ben = { kind: "agent", userId: "ben" } as const;
const cleo = { kind: "agent", userId: "cleo" } as const;
type Told = { type: string; [field: string]: unknown };
const talk: Told[] = [
  { type: "offered", from: "+13125550147", to: "+17735550100", provider: "simulator" },
  { type: "answered", agentId: "ana" },
];
const party = (partyId: string, target: object) => ({ partyId, target, role: "party" });
const askBen = { type: "party-asked", ...party("p1", ben) };
const askCleo = { type: "party-asked", ...party("p2", cleo) };
const benPassed = { type: "party-passed", partyId: "p1", why: "declined" };
const benJoined = { type: "party-joined", ...party("p1", ben) };

function after(...told: Told[]) {
  const events = [...talk, ...told].map((fact, seq) => {
    const at = new Date(Date.parse("2026-11-21T09:00:00.000Z") + 1_000 * seq).toISOString();
    return CallEvent.parse({ source: "server:line", key: `${seq}`, seq, at, ...fact });
  });
  const call = foldCall(events, { wrapUpMs: 120_000 });
  return {
    phase: call?.phase.phase,
    asked: call?.asked,
    parties: call?.parties.map(({ partyId }) => partyId),
  };
}

test("whoever is asked into a call is being called until they are in it, and their telephone rings on through a hold", () => {
  expect(after(askBen)).toMatchObject({
    phase: "live",
    asked: [{ partyId: "p1", target: ben, since: "2026-11-21T09:00:02.000Z" }],
    parties: [],
  });
  expect(after(askBen, { type: "held" })).toMatchObject({ phase: "held", asked: [{ partyId: "p1" }] });
  expect(after(askBen, benJoined)).toEqual({ phase: "conference", asked: [], parties: ["p1"] });
});

test("why they did not come is told until something else becomes of the call", () => {
  expect(after(askBen, benPassed).asked).toMatchObject([{ target: ben, why: "declined" }]);
  expect(after(askBen, askCleo, benPassed).asked).toMatchObject([{ why: "declined" }, { partyId: "p2" }]);
  for (const next of [askCleo, { type: "held" }, { type: "party-joined", ...party("p3", cleo) }])
    expect(after(askBen, benPassed, next).asked?.map(({ partyId }) => partyId)).not.toContain("p1");
});

test("who was let go of before they picked up is told of no more; who picked up all the same was there, and has left", () => {
  const left = { type: "party-left", partyId: "p1" };
  expect(after(askBen, left)).toEqual({ phase: "live", asked: [], parties: [] });
  expect(after(askBen, benJoined, left)).toEqual({ phase: "live", asked: [], parties: [] });
});

test("nobody is being called any more when the call is over, and a call in which nobody was asked says nothing of it", () => {
  expect(after(askBen, { type: "ended", why: "completed" })).toMatchObject({ phase: "wrap-up", asked: [] });
  expect(after({ type: "ended", why: "completed" }, askBen)).toMatchObject({ phase: "wrap-up", asked: [] });
  expect(after({ type: "ended", why: "completed" }).asked).toBeUndefined();
});
