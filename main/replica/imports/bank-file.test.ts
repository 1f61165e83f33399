import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { useImportDesk } from "../../../testing/fakes/import-desk.ts";
import { makeField } from "../../../testing/fakes/records.ts";

const imports = useImportDesk();
const { upload, until, set, leads, run } = imports;

const bank = new URL("../../../../shared/data/bank-marketing/bank.csv", import.meta.url);
const missing = existsSync(bank) ? false : "skipped: shared/data/bank-marketing is not on this machine";
if (missing) process.stdout.write(`${missing}\n`);

test.skipIf(missing)(
  "the bank file: 32,950 rows without names or numbers, in under a minute",
  { timeout: 180_000 },
  async () => {
    const content = readFileSync(bank, "latin1");
    const headers = (content.slice(0, content.indexOf("\n")).match(/[^";\r]+/gu) ?? []) as string[];
    const numbers = new Set([
      "age",
      "duration",
      "campaign",
      "pdays",
      "previous",
      "emp.var.rate",
      "cons.price.idx",
      "cons.conf.idx",
      "euribor3m",
      "nr.employed",
    ]);
    await imports.replica.seed(
      "settings",
      headers.map((header) =>
        makeField(header.replaceAll(".", "_"), numbers.has(header) ? "number" : "text", { label: header }),
      ),
    );
    imports.close();
    imports.open();
    const importId = await upload(readFileSync(bank), "bank.csv");
    await until(importId, ({ step }) => step === "matching");
    await set(importId, { templates: { name: "Contact {row}", phone: "+1312{row:7}" } });
    const state = await until(importId, ({ checked: { done, rows } }) => done && rows === 32_950);
    expect(state.options.delimiter).toBe(";");
    expect(state.columns.every(({ field }) => field?.startsWith("custom."))).toBe(true);
    expect(state.checked).toMatchObject({ fresh: 32_950, errors: 0 });
    const startedAt = performance.now();
    const done = await run(importId);
    const tookMs = performance.now() - startedAt;
    process.stdout.write(
      `bank file: 32,950 rows imported in ${(tookMs / 1000).toFixed(1)} s (without journal and RxDB)\n`,
    );
    expect(done.result).toEqual({ created: 32_950, filled: 0, skipped: 0, errors: 0 });
    expect(tookMs).toBeLessThan(60_000);
    const [sample] = await leads();
    expect(sample?.custom).toMatchObject({
      job: expect.any(String),
      age: expect.any(Number),
      euribor3m: expect.any(Number),
    });
  },
);
