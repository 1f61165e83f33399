import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { oldestProtocol, protocolVersion, wireSchemas } from "./wire.ts";

/**
 * What each protocol version looked like. A changed wire schema fails here until `protocolVersion` is raised and a
 * line is added. Lines of released versions never change.
 */
const fingerprints: Record<number, string> = {
  1: "4c0c0ed5ab7509f6",
  2: "1910178ec202200c",
  3: "bff40bd42bddabf6",
};

test("the wire looks as this protocol version says", () => {
  const shapes = Object.entries(wireSchemas).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { unrepresentable: "any" }),
  ]);
  const fingerprint = createHash("sha256").update(JSON.stringify(shapes)).digest("hex").slice(0, 16);
  expect(
    fingerprint,
    "a wire schema changed: raise protocolVersion in wire.ts and add its fingerprint here",
  ).toBe(fingerprints[protocolVersion]);
});

test("the oldest protocol that is understood is one that there was", () => {
  expect(Object.keys(fingerprints).map(Number)).toContain(oldestProtocol);
  expect(oldestProtocol).toBeLessThanOrEqual(protocolVersion);
});
