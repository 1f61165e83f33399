import { expect, test } from "vitest";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { ok } from "../../../shared/result/result.ts";
import { reportCall } from "./report-calls.ts";

test("what a desk says of a call is told under its own name, at the times that its phone says", async () => {
  const kept: CallEvent[] = [];
  const edits = {
    async apply(drafts: readonly unknown[]) {
      for (const draft of drafts) kept.push(...(draft as { events: CallEvent[] }).events);
      return ok({ undoId: "", count: 1 });
    },
  };
  const events: CallEvent[] = [
    { source: "device:this", seq: 0, key: "1", at: "2026-11-21T09:00:00.000Z", type: "ended", why: "completed" }, // prettier-ignore
    { source: "device:this", seq: 1, key: "2", at: "2026-11-21T09:01:00.000Z", type: "wrap-up-extended", until: "2026-11-21T09:03:00.000Z" }, // prettier-ignore
  ];
  await reportCall(edits as never, "desk-1", "call-1", events);
  expect(kept).toEqual(events.map((event) => ({ ...event, source: "device:desk-1" })));
});
