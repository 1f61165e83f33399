import { expect, test } from "vitest";
import { browserName, mayRevoke, mayWipe } from "./device-words.ts";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
    "Safari on macOS",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"],
  [
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Chrome on Android",
  ],
  ["curl/8.9", "curl/8.9"],
  ["", "A browser"],
])("%j is %s", (userAgent, name) => expect(browserName(userAgent)).toBe(name));

test("a revoked device can still be wiped, a wiped one neither", () => {
  expect([mayRevoke({ state: "revoked" }), mayWipe({ state: "revoked" })]).toEqual([false, true]);
  expect([mayRevoke({ state: "signed-out" }), mayWipe({ state: "signed-out" })]).toEqual([true, true]);
  expect([mayRevoke({ state: "wipe-pending" }), mayWipe({ state: "wipe-pending" })]).toEqual([false, false]);
  expect([mayRevoke({ state: "wiped" }), mayWipe({ state: "wiped" })]).toEqual([false, false]);
});
