// Started by server-disk.kill.test.ts: writes to the database in a folder, past its own care for the disk, and says what
// it has been told is kept. After the first it waits to be told to go on.
import { once } from "node:events";
import { sql } from "drizzle-orm";
import { openDatabase } from "../../sync-server/database/index.ts";

const db = await openDatabase({ kind: "embedded", dataDir: process.argv[2] ?? "" });
for (let number = 0; number < 100; number += 1) {
  // A megabyte of the log each, and hardly anything of a table.
  await db.owner
    .execute(sql`WITH long AS (SELECT pg_logical_emit_message(true, 'filler', repeat('x', 1000000)))
    INSERT INTO server_facts (key, value) SELECT ${`kept-${number}`}, 'yes' FROM long`);
  process.stdout.write(`kept-${number}\n`);
  if (number === 0) await once(process.stdin, "data");
}
