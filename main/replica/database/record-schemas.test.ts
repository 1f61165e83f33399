import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import { migrations } from "./migrations.ts";
import { rxSchemaOf, schemaVersions } from "./record-schemas.ts";

test("no more collections than RxDB's free edition opens in one process", () => {
  expect(collectionNames.length).toBeLessThanOrEqual(13);
});

test("what is stored changes only with its version: raise it, say in migrations.ts what becomes of records, then update this", () => {
  const fingerprints = Object.fromEntries(
    collectionNames.map((name) => {
      const { version, ...schema } = rxSchemaOf(name);
      const print = createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, 12);
      return [name, `v${version} ${print}`];
    }),
  );
  expect(fingerprints).toMatchInlineSnapshot(`
    {
      "activities": "v0 7da8300960b2",
      "appointments": "v0 de3de3425e66",
      "calls": "v1 d192bea186c3",
      "deals": "v0 4108142b8bc1",
      "insights": "v3 8d8af570a756",
      "leads": "v0 43a57deb4cbd",
      "listings": "v0 105cb05cd35b",
      "messages": "v0 dd1a7f1e8bf8",
      "recommendations": "v0 208e0c6b2855",
      "segments": "v1 5c815227b383",
      "settings": "v5 7ab25caaebdc",
      "tasks": "v0 16a950143cca",
      "tickets": "v0 37437f244eed",
    }
  `);
});

test("every version that was left behind has a way on", () => {
  for (const name of collectionNames) {
    const steps = Object.keys(migrations[name as CollectionName] ?? {}).map(Number);
    expect(steps, name).toEqual(Array.from({ length: schemaVersions[name] }, (_, index) => index + 1));
  }
});

test("an index has one type, and texts have a length, also where they may be null", () => {
  expect(rxSchemaOf("tasks").properties).toMatchObject({
    dueAt: { type: "string", maxLength: 24 },
    leadId: { type: "string", maxLength: 64 },
  });
});
