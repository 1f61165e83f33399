import { existsSync } from "node:fs";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import Papa from "papaparse";
import {
  addImportChunk,
  beginImport,
  importState,
  maxChunkBytes,
  runImport,
  setImportOptions,
} from "../../shared/rpc/contract/files.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { inTenant } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { bankFields, bankFile, bankRows, bankTemplates } from "../bank-file.ts";
import { makeField } from "../fakes/records.ts";
import { openDesk, until } from "../processes/desk.ts";
import { openLab, untilLive, untilSignedIn } from "./lab.ts";
import { median, withFloor, type Bench, type BenchOptions } from "./measurement.ts";

const leads = 1_000;

/** A real file of 32,950 rows and 21 columns becomes leads on a desk without a server. */
export const bankImport: Bench = {
  ids: ["import.bank"],
  async run(options) {
    if (!existsSync(bankFile)) {
      options.skip("import.bank", `${bankFile} is not on this machine`);
      return [];
    }
    const { serverUrl, dataDir } = await makeDesk(options);
    const imported: number[] = [];
    const parsed: number[] = [];
    for (let round = 0; round < options.runs; round++) {
      const copy = join(options.folder, `bank-desk-${round}`);
      await cp(dataDir, copy, { recursive: true });
      imported.push(await importOnce(serverUrl, copy));
      parsed.push(await parseOnce());
      options.log(`imported in ${imported.at(-1)?.toFixed(2)} s, parsed in ${parsed.at(-1)?.toFixed(2)} s`);
    }
    const value = median(imported);
    return [
      withFloor({ id: "import.bank", value, unit: "s", reach: "< 60", runs: options.runs }, median(parsed)),
    ];
  },
};

/** A desk that knows the file's columns. Its server is gone: nothing is sent meanwhile. */
async function makeDesk({ folder, log }: BenchOptions): Promise<{ serverUrl: string; dataDir: string }> {
  const dataDir = join(folder, "bank-desk");
  const fields = bankFields.map(({ key, type, label }) => ({ ...makeField(key, type, { label }) }));
  const lab = await openLab(folder, leads, log, async (db) => {
    const now = new Date().toISOString();
    await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
      saveRecords(tx, demoTenant.id, "settings", fields, { now }),
    );
  });
  try {
    const desk = await lab.openDesk(dataDir);
    const window = await desk.openWindow();
    await untilSignedIn(window);
    await untilLive(window);
    window.close();
    await desk.close();
    return { serverUrl: lab.serverUrl, dataDir };
  } finally {
    await lab.close();
  }
}

/** From the click to the last lead in the replica; s. */
async function importOnce(serverUrl: string, dataDir: string): Promise<number> {
  const desk = await openDesk({ serverUrl, dataDir });
  const window = await desk.openWindow();
  try {
    await untilSignedIn(window);
    const importId = await upload(window);
    await until(
      window,
      importState,
      { importId },
      ({ step, checked }) => step === "matching" && checked.done,
    );
    await must(window.call(setImportOptions, { importId, options: { templates: bankTemplates } }));
    const { columns } = await until(
      window,
      importState,
      { importId },
      ({ checked }) => checked.done && checked.fresh === bankRows,
    );
    if (columns.some(({ field }) => field === null)) throw new Error("a column of the file belongs nowhere");
    const startedMs = performance.now();
    await must(window.call(runImport, { importId }));
    const { result } = await until(window, importState, { importId }, ({ step }) => step === "done");
    const tookMs = performance.now() - startedMs;
    if (result?.created !== bankRows) throw new Error(`imported ${JSON.stringify(result)}`);
    return tookMs / 1_000;
  } finally {
    window.close();
    await desk.close();
  }
}

async function upload(window: Client): Promise<string> {
  const bytes = await readFile(bankFile);
  const { importId } = await must(
    window.call(beginImport, { fileName: "bank.csv", sizeBytes: bytes.length }),
  );
  for (let index = 0; index * maxChunkBytes < bytes.length; index++) {
    const end = (index + 1) * maxChunkBytes;
    const base64 = bytes.subarray(index * maxChunkBytes, end).toString("base64");
    await must(window.call(addImportChunk, { importId, index, base64, last: end >= bytes.length }));
  }
  return importId;
}

type Answer<T> = { ok: true; value: T } | { ok: false; error: { message: string } };

async function must<T>(asked: Promise<Answer<T>>): Promise<T> {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** Reading the file and taking it apart, and nothing else; s. */
async function parseOnce(): Promise<number> {
  const startedMs = performance.now();
  const { data } = Papa.parse(await readFile(bankFile, "utf8"), { delimiter: ";", skipEmptyLines: true });
  if (data.length !== bankRows + 1) throw new Error(`the file has ${data.length} lines`);
  return (performance.now() - startedMs) / 1_000;
}
