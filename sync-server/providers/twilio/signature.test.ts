import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { readSigned } from "./signature.ts";

type Vector = {
  vendor: string;
  name: string;
  expected: string;
  input: {
    token?: string;
    url?: string;
    signed_url?: string;
    params?: Record<string, string | string[]>;
    body?: string;
  };
};

const file = new URL("../../../../shared/data/webhook_vectors.json", import.meta.url);
const token = "12345";
const form = "application/x-www-form-urlencoded";

describe.skipIf(!existsSync(file))("every recorded signature (shared/data/webhook_vectors.json)", () => {
  const vectors = (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Vector[]) : []).filter(
    ({ vendor }) => vendor === "twilio",
  );
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";

  test.each(vectors.filter(({ input }) => input.params))("of a form: $name", ({ expected, input }) => {
    const body = formOf(input.params ?? {});
    const given = { url: input.url ?? url, contentType: form, body, signature: expected };
    expect(readSigned(input.token ?? token, given)).toEqual(fieldsOf(input.params ?? {}));
    expect(readSigned(`${token}6`, given)).toBeNull();
    expect(
      readSigned(token, {
        ...given,
        signature: `${expected.startsWith("A") ? "B" : "A"}${expected.slice(1)}`,
      }),
    ).toBeNull();
    expect(readSigned(token, { ...given, body: Buffer.concat([body, Buffer.from("&x=1")]) })).toBeNull();
    expect(readSigned(token, { ...given, url: `${given.url}&x=1` })).toBeNull();
  });

  test("of a JSON body, by its hash in the URL", () => {
    const hash = vectors.find(({ name }) => name === "body sha256");
    const signed = vectors.find(({ name }) => name === "json body, sha in url");
    if (!hash?.input.body || !signed?.input.url) throw new Error("the vectors are not what they were");
    const given = {
      url: signed.input.url,
      contentType: "application/json",
      body: Buffer.from(hash.input.body),
      signature: signed.expected,
    };
    expect(signed.input.url).toContain(hash.expected);
    expect(readSigned(token, given)).toEqual({});
    expect(readSigned(token, { ...given, body: Buffer.from(`${hash.input.body} `) })).toBeNull();
  });

  test("of a request with nothing but the hash in its URL", () => {
    const bare = vectors.find(({ name }) => name === "sha param only");
    const address =
      "https://mycompany.com/myapp.php?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    expect(webhooks.getExpectedTwilioSignature(token, address, {})).toBe(bare?.expected);
  });

  test("was looked at", () => expect(vectors.length).toBeGreaterThan(8));
});

test("bytes that are no UTF-8 do not pass for others that decode to the same text", () => {
  const body = Buffer.from([0x7b, 0xff, 0x7d]);
  const hash = webhooks.getExpectedBodyHash(body.toString("utf8"));
  const url = `https://mycompany.com/hook?bodySHA256=${hash}`;
  const signature = webhooks.getExpectedTwilioSignature(token, url, {});
  const given = { url, contentType: "application/json", signature };
  expect(readSigned(token, { ...given, body: Buffer.from(body.toString("utf8")) })).toEqual({});
  expect(readSigned(token, { ...given, body })).toBeNull();
});

function formOf(params: Record<string, string | string[]>): Buffer {
  const pairs = Object.entries(params).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  return Buffer.from(new URLSearchParams(pairs as [string, string][]).toString());
}

function fieldsOf(params: Record<string, string | string[]>) {
  return Object.fromEntries(Object.entries(params));
}
