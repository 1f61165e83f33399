import { expect, test } from "vitest";
import type { Behind } from "../../../../shared/rpc/contract/insights.ts";
import { readBehind, textOfBehind } from "./behind.ts";

test("an address says which calls are shown, and is read as it was written", () => {
  const all: Behind[] = [
    { of: "metric", metric: "talkShare", step: 0 },
    { of: "metric", metric: "deadAirMs", step: 19 },
    { of: "item", playbook: "discovery", key: "next-step", done: true },
    { of: "item", playbook: "discovery", key: "a/b", done: false },
  ];
  for (const behind of all) expect(readBehind(textOfBehind(behind))).toEqual(behind);
  expect(textOfBehind(all[0] as Behind)).toBe("bar:talkShare:0");
});

test("what was written by hand and says nothing shows nothing", () => {
  const wrong = [undefined, "", "bar:talkShare", "bar:nonsense:3", "bar:talkShare:-1", "bar:talkShare:1.5"];
  for (const text of [...wrong, "bar:talkShare:4000", "done:discovery", "left:discovery/budget"])
    expect(readBehind(text), text).toBeNull();
});
