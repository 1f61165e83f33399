import { expect, test } from "vitest";
import { whyHeld } from "../../../../shared/assistant/letters/approval.ts";
import type { Approval } from "../../../../shared/entities/insight.ts";
import type { Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { approvalOf, letterOf, standOf, type Known } from "./letter-stand.ts";
import type { Wanted } from "./wanted-approvals.ts";

const at = "2026-11-22T10:00:00.000Z";
const email = {
  question: { about: "email", leadId: "lead-1", callId: null, purpose: "offer", tone: "neutral", length: "short", wish: "" },
} as unknown as Draft; // prettier-ignore
const wanted = { heard: false, trouble: "", at } as Wanted;
const waiting = { state: "waiting", at, byId: null, decidedAt: null, reason: "", updatedAt: at } as unknown as Approval; // prettier-ignore
const decided = (state: "approved" | "rejected") =>
  ({ ...waiting, state, byId: "grace", decidedAt: at, reason: "Too late" }) as Approval;
const known: Known = { rule: "flagged", flagged: true, record: null, wanted: null, nameOf: () => "Grace" };

test("a held letter goes from nobody asked over kept and waiting to what was decided", () => {
  const held = { why: "flagged" };
  expect(standOf(known)).toEqual({ state: "held", ...held, trouble: "" });
  expect(standOf({ ...known, wanted })).toEqual({ state: "kept", ...held });
  expect(standOf({ ...known, wanted: { ...wanted, heard: true } })).toEqual({ state: "waiting", ...held, at }); // prettier-ignore
  expect(standOf({ ...known, wanted, record: waiting })).toEqual({ state: "waiting", ...held, at });
  expect(standOf({ ...known, wanted, record: decided("approved") })).toEqual({ state: "approved", by: "Grace", at }); // prettier-ignore
  expect(standOf({ ...known, record: decided("rejected") })).toEqual({ state: "rejected", ...held, by: "Grace", at, reason: "Too late" }); // prettier-ignore
  const refused = { ...wanted, trouble: "There is no such record." };
  expect(standOf({ ...known, wanted: refused })).toEqual({
    state: "held",
    ...held,
    trouble: refused.trouble,
  });
});

test("whatever is known, a letter that is held leaves only when the server's record says approved", () => {
  const seen = new Set<string>();
  for (const rule of ["never", "flagged", "always"] as const)
    for (const flagged of [true, false])
      for (const record of [null, waiting, decided("approved"), decided("rejected")])
        for (const asked of [null, wanted, { ...wanted, heard: true }, { ...wanted, trouble: "No." }]) {
          const { state } = standOf({ rule, flagged, record, wanted: asked, nameOf: () => "Grace" });
          seen.add(state);
          const isHeld = whyHeld(rule, flagged) !== null;
          expect(state === "free").toBe(!isHeld);
          expect(state === "approved").toBe(isHeld && record?.state === "approved");
        }
  expect(seen.size).toBe(6);
});

test("only letters are letters, and one that was changed by a character is another", () => {
  const idOf = (text: string) => {
    const letter = letterOf(email, text);
    return letter && approvalOf(letter, "ana");
  };
  expect(idOf("Dear Maria")).toBe(idOf("Dear Maria"));
  expect(idOf("Dear Maria")).not.toBe(idOf("Dear Maria "));
  // What the server cannot keep is no difference.
  expect(idOf("Dear\0 Maria")).toBe(idOf("Dear Maria"));
  expect(idOf("")).toBeNull();
  expect(letterOf({ question: { about: "chat", leadId: null, said: "Hello" } }, "Hello")).toBeNull();
});
