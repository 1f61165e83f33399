import { expect, test } from "vitest";
import { sayUptime } from "./uptime.ts";

test.each([
  [0, "less than a minute"],
  [59, "less than a minute"],
  [60, "1 min"],
  [7_199, "119 min"],
  [7_200, "2 hours"],
  [172_799, "47 hours"],
  [172_800, "2 days"],
])("%i s is %s", (seconds, words) => expect(sayUptime(seconds)).toBe(words));
