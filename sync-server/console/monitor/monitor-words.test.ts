import { expect, test } from "vitest";
import type { UserId } from "../../../shared/entities/id.ts";
import type { MonitorAgent } from "../../admin/monitor-wire.ts";
import { sayCaller, sayLength, sortAgents } from "./monitor-words.ts";

test("a caller is the lead, else the number, else somebody one may not know", () => {
  expect(sayCaller({ leadName: "Maria", number: "+13125550147" })).toBe("Maria");
  expect(sayCaller({ leadName: "", number: "+13125550147" })).toBe("+1 312-555-0147");
  expect(sayCaller({ leadName: "", number: "" })).toBe("Another team’s caller");
});

test("who can take a call comes first, longest waiting first", () => {
  const agent = (name: string, state: MonitorAgent["state"], since: string | null): MonitorAgent => ({
    userId: name as UserId,
    name,
    state,
    reason: "",
    since,
  });
  const sorted = sortAgents([
    agent("away", "offline", null),
    agent("talks", "on-call", "2026-11-18T14:00:00.000Z"),
    agent("new", "available", "2026-11-18T14:00:00.000Z"),
    agent("long", "available", "2026-11-18T13:00:00.000Z"),
  ]);
  expect(sorted.map(({ name }) => name)).toEqual(["long", "new", "talks", "away"]);
});

test("a length is measured to now, and is never below nothing", () => {
  const now = new Date("2026-11-18T14:02:07.000Z");
  expect(sayLength("2026-11-18T14:00:00.000Z", now)).toBe("2:07");
  expect(sayLength("2026-11-18T14:02:09.000Z", now)).toBe("0:00");
  expect(sayLength(null, now)).toBe("");
});
