import { expect, test } from "vitest";
import { makeReport } from "../../../shared/coaching/report/make-report.ts";
import type { ReportInput } from "../../../shared/coaching/report/report-input.ts";
import { livePlaybook, reportInput } from "../../../testing/coaching/some-report.ts";
import { says } from "../../../testing/coaching/talk.ts";
import { createReportOnce } from "./report-once.ts";

const said = [
  says("customer", 0, "could you send me the floor plan by tomorrow"),
  says("agent", 6_000, "of course i will send it to you tomorrow"),
];
const ended = (): ReportInput => ({ ...reportInput([...said]), playbook: livePlaybook("discovery") });

/** Reports on calls, and counts how often one is worked out. */
function reporting() {
  const once = createReportOnce();
  let times = 0;
  return {
    ask: (input: ReportInput, callId = "call") =>
      once(callId, input, async () => {
        times += 1;
        return makeReport(input);
      }),
    times: () => times,
  };
}

test("those who ask at once, and whoever looks again, have one report worked out", async () => {
  const { ask, times } = reporting();
  const [one, other] = await Promise.all([ask(ended()), ask(ended())]);
  expect(one).toBe(other);
  expect(await ask(ended())).toBe(one);
  expect(times()).toBe(1);
});

test("what was heard, ticked or compared later, and another call, is worked out anew", async () => {
  const { ask, times } = reporting();
  const alike = new Map();
  const first = await ask({ ...ended(), alike });
  const later = says("customer", 12_000, "that is more than we pay today");
  expect(await ask({ ...ended(), utterances: [...said, later], alike })).not.toEqual(first);
  const tick = { playbook: "discovery", item: "budget", done: true, atMs: 1_000 };
  const ticked = await ask({ ...ended(), ticks: [tick], alike });
  expect(ticked.items.find(({ key }) => key === "budget")).toMatchObject({ atMs: 1_000 });
  alike.set("u", new Map([["It costs too much", 0.9]]));
  await ask({ ...ended(), ticks: [tick], alike });
  await ask({ ...ended(), ticks: [tick], alike }, "another");
  expect(times()).toBe(5);
});

test("what could not be worked out is tried again", async () => {
  const once = createReportOnce();
  await expect(once("call", ended(), () => Promise.reject(new Error("no room")))).rejects.toThrow("no room");
  await Promise.resolve();
  const input = ended();
  expect(await once("call", input, async () => makeReport(input))).toMatchObject({ kind: "report" });
});
