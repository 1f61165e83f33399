// Started by builds.ts: makes an empty database, of the replica or of the sync-server, and packs it into
// dist/templates, from where new folders are unpacked. Making one the long way takes seconds.
import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { serialize } from "node:v8";
import { gzipSync } from "node:zlib";
import { openReplicaDatabase } from "../main/replica/database/open-database.ts";
import { openDatabase } from "../sync-server/database/index.ts";
import { root } from "./processes.ts";

const makers: Record<string, (folder: string) => Promise<string>> = {
  replica: makeReplica,
  server: makeServer,
};

const [name = ""] = process.argv.slice(2);
const make = makers[name];
if (!make) throw new Error(`there is no template of ${name}: ${Object.keys(makers).join(" or ")}`);
const scratch = mkdtempSync(join(tmpdir(), "ringside-template-"));
try {
  pack(await make(scratch), join(root, "dist/templates", `${name}.gz`));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function makeReplica(folder: string): Promise<string> {
  const database = join(folder, "database");
  const opened = await openReplicaDatabase(database, { template: null });
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  await opened.value.sql("checkpoint");
  await opened.value.close();
  return database;
}

async function makeServer(dataDir: string): Promise<string> {
  const db = await openDatabase({ kind: "embedded", dataDir, template: null });
  // Each server begins an epoch of the feed of its own: it finds no fact about where it stands.
  await db.owner.execute(sql`DELETE FROM server_facts`);
  await db.maintain();
  await db.close();
  return join(dataDir, "pgdata");
}

/** Renamed into its place when it is whole, so that nobody ever reads half of it, nor of another's that is made at the same time. */
function pack(folder: string, file: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const place = join(entry.parentPath, entry.name);
    const path = relative(folder, place).replaceAll("\\", "/");
    return { path, content: entry.isDirectory() ? null : readFileSync(place) };
  });
  // By name, so that a folder stands before what is in it.
  const sorted = entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  mkdirSync(join(file, ".."), { recursive: true });
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, gzipSync(serialize(sorted)));
  renameSync(unfinished, file);
}
