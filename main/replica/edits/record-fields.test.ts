import { expect, test } from "vitest";
import { checkFields, fillRecord } from "./record-fields.ts";

const about = { callId: "call-1", agentId: "ana", byId: "ana", at: "2026-11-21T09:00:00.000Z" };

test("an insight has the fields of its kind, and those alone", () => {
  const filled = fillRecord("insights", { ...about, kind: "card-feedback", card: "price", useful: true });
  expect(filled).toMatchObject({ ok: true, value: { playbook: "", atMs: 0, leadId: null } });
  expect(filled.ok && "text" in filled.value).toBe(false);
  expect(fillRecord("insights", { ...about, kind: "card-feedback", text: "no" })).toMatchObject({
    ok: false,
  });
});

test("a field of some kind can be set, one of none cannot", () => {
  expect(checkFields("insights", { useful: false }).ok).toBe(true);
  expect(checkFields("insights", { useful: "yes" }).ok).toBe(false);
  expect(checkFields("insights", { nonsense: 1 }).ok).toBe(false);
});
