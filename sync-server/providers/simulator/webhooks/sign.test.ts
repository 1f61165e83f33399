import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import twilio from "twilio";
import { expect, test } from "vitest";
import { signRequest } from "./sign.ts";

interface Vector {
  vendor: string;
  name: string;
  expected: string;
  input: { token?: string; url?: string; signed_url?: string; params?: Record<string, string | string[]> };
}

const file = new URL("../../../../../shared/data/webhook_vectors.json", import.meta.url);
const vectors = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Vector[]) : [];
// What this carrier sends has one value for each name; what signs several is the verifier's affair.
const isPlain = (params: Record<string, unknown> | undefined): params is Record<string, string> =>
  params !== undefined && Object.values(params).every((value) => typeof value === "string");
const usable = vectors.flatMap(({ vendor, name, expected, input: { token, url, signed_url, params } }) => {
  const address = signed_url ?? url;
  return vendor === "twilio" && token && address && isPlain(params)
    ? [{ name, expected, token, address, params }]
    : [];
});

test.skipIf(usable.length === 0)("signs as the known answers say (skipped: ../shared/data is absent)", () => {
  for (const { name, expected, token, address, params } of usable) {
    expect(signRequest(token, address, params), name).toBe(expected);
  }
});

test("whatever is signed, Twilio's own library takes, and nothing else", () => {
  const fields = fc.dictionary(fc.string({ minLength: 1 }), fc.string());
  fc.assert(
    fc.property(
      fields,
      fc.constantFrom("https://example.com/a?b=1&c=2", "http://127.0.0.1:8080/x", "https://example.com:444/"),
      (params, url) => {
        const signature = signRequest("the token", url, params);
        expect(twilio.validateRequest("the token", signature, url, params)).toBe(true);
        expect(twilio.validateRequest("another token", signature, url, params)).toBe(false);
        expect(twilio.validateRequest("the token", signature, url, { ...params, Digits: "1234" })).toBe(
          false,
        );
      },
    ),
    { numRuns: 50 },
  );
});
