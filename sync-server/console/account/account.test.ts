import { expect, test } from "vitest";
import { squaresOf } from "./qr-path.ts";
import { secretOf } from "./totp-secret.ts";

test("a secret is shown in groups of four", () => {
  const uri = "otpauth://totp/Ringside:ana@x.example?secret=JBSWY3DPEHPK3PXP&issuer=Ringside";
  expect(secretOf(uri)).toBe("JBSW Y3DP EHPK 3PXP");
  expect(secretOf("otpauth://totp/x?secret=JBSWY")).toBe("JBSW Y");
});

test("dark squares become one path, neighbours joined", () => {
  expect(
    squaresOf([
      [true, true, false, true],
      [false, false, false, false],
      [false, true, true, true],
    ]),
  ).toBe("M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z");
});
