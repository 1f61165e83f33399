import { expect, test } from "vitest";
import { createSealer } from "./seal.ts";

const sealer = createSealer("a secret of thirty-two characters or more");
const about = "telephony_accounts/a1";

test("what was sealed opens again, and looks different each time", () => {
  const [once, twice] = [sealer.seal("auth token", about), sealer.seal("auth token", about)];
  expect(once).not.toBe(twice);
  expect(sealer.open(once, about)).toBe("auth token");
  expect(Buffer.from(once, "base64").includes("auth token")).toBe(false);
});

test("nothing opens in another place, with another secret, or after a change of one bit", () => {
  const sealed = sealer.seal("auth token", about);
  expect(() => sealer.open(sealed, "telephony_accounts/a2")).toThrow();
  const other = createSealer("another secret of thirty-two characters");
  expect(other.keyId).not.toBe(sealer.keyId);
  expect(() => other.open(sealed, about)).toThrow();
  for (let byte = 0; byte < Buffer.from(sealed, "base64").length; byte += 1) {
    const changed = Buffer.from(sealed, "base64");
    changed[byte] = (changed[byte] ?? 0) ^ 1;
    expect(() => sealer.open(changed.toString("base64"), about)).toThrow();
  }
});
