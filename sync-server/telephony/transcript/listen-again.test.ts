import { expect, test } from "vitest";
import { newCall } from "../begin-call.ts";
import { addLeg, changeLeg, lineOf, type Leg, type LineCall } from "../line.ts";
import { hearLost } from "./listen-again.ts";

const at = new Date("2026-11-21T09:00:00.000Z");

test.each<[string, Partial<LineCall>, Partial<Leg>, boolean]>([
  ["that is up", {}, {}, true],
  ["in which somebody refused", { consent: "refused" }, {}, false],
  ["that is over", { overAt: at }, {}, false],
  ["whose customer has hung up", {}, { state: "ended" }, false],
  ["that its carrier writes down", { transcribedBy: "carrier" }, {}, false],
])("the sound of a call %s is asked for again: %j %j %s", (_, ofCall, ofLeg, isAsked) => {
  const call = { ...newCall({ tenantId: "t", accountId: "a", callId: "c", direction: "inbound", ours: "", theirs: "", startedAt: at }), transcribedBy: "speech" as const, ...ofCall }; // prettier-ignore
  const added = addLeg(lineOf(call, []), { id: "leg-1", role: "customer", state: "live" }, at);
  const line = changeLeg({ ...added, jobs: [] }, "leg-1", ofLeg);
  const [leg] = line.legs;
  if (!leg) throw new Error("the call has no leg");
  expect(hearLost(line, leg).jobs.map(({ kind }) => kind)).toEqual(isAsked ? ["listen"] : []);
});
