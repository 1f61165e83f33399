import { expect, test } from "vitest";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { ok } from "../../../shared/result/result.ts";
import { reportCall } from "./report-calls.ts";

test("what a desk says of a call is told by the server's clock, lengths included", async () => {
  const kept: CallEvent[] = [];
  const edits = {
    async apply(drafts: readonly unknown[]) {
      for (const draft of drafts) kept.push(...(draft as { events: CallEvent[] }).events);
      return ok({ undoId: "", count: 1 });
    },
  };
  const head = { source: "device:this", seq: 0 };
  await reportCall(edits as never, { device: "desk-1", aheadMs: 90_250 }, "call-1", [
    { ...head, key: "1", at: "2026-11-21T09:01:30.250Z", type: "ended", why: "completed" },
    { ...head, key: "2", at: "2026-11-21T09:02:30.250Z", type: "wrap-up-extended", until: "2026-11-21T09:04:30.250Z" }, // prettier-ignore
  ]);
  expect(kept).toMatchObject([
    { source: "device:desk-1", at: "2026-11-21T09:00:00.000Z" },
    { source: "device:desk-1", at: "2026-11-21T09:01:00.000Z", until: "2026-11-21T09:03:00.000Z" },
  ]);
});
