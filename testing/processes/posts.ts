import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openReplicaDatabase } from "../../main/replica/database/open-database.ts";
import { visibleOf } from "../../main/replica/database/record-store.ts";
import { acquireFolderLock } from "../../main/replica/lock/index.ts";
import { foldersOf, type Account } from "../../main/replica/session/account.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { reportCalls } from "../../shared/rpc/contract/phone.ts";
import { createRecord, record } from "../../shared/rpc/contract/records.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { openDesk, until, type RunningDesk } from "./desk.ts";
import { keepRunning } from "./survivors.ts";
import type { startTypist } from "./typist.ts";

// Desks at which somebody types while processes die.

export type Post = ReturnType<typeof openPost>;

/** A desk of its own folder with one window, both made anew after each death. */
export function openPost({ name, folder, serverUrl }: { name: string; folder: string; serverUrl: string }) {
  let window: Client | null = null;
  const main = keepRunning<RunningDesk>(async (keep) => {
    const desk = await openDesk({ serverUrl, dataDir: join(folder, name), keep });
    window = await desk.openWindow();
    desk.main.once("exit", () => {
      window?.close();
      window = null;
    });
    return desk;
  });
  return {
    name,
    main,
    window: () => (main.current() ? window : null),
    killReplica(): boolean {
      try {
        const pid = main.current()?.replicaPid();
        return pid !== undefined && process.kill(pid, "SIGKILL");
      } catch {
        // Between two lives.
        return false;
      }
    },
  };
}

/** Leads that all of these desks hold. */
export async function makeSharedLeads(posts: readonly Post[], count = 5): Promise<string[]> {
  const windows = await untilAllIsSent(posts);
  const [first] = windows;
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const fields = { name: `Shared ${number}` };
    const made = await first?.call(createRecord, { collection: "leads", fields, label: "Shared" });
    if (!made?.ok) throw new Error(JSON.stringify(made));
    ids.push(made.value.id);
  }
  for (const client of windows) {
    for (const id of ids) {
      await until(client, record, { collection: "leads", id: id as never }, (found) => found.record !== null);
    }
  }
  return ids;
}

/**
 * Everything that was typed at any of these desks has come to all of them, not only to the server: leads come in the
 * order in which they were written, and so all others before one that is made now.
 * @returns the last lead of all
 */
export async function untilInStep(posts: readonly Post[]): Promise<string> {
  await untilAllIsSent(posts);
  const [last = ""] = await makeSharedLeads(posts, 1);
  await untilAllIsSent(posts);
  return last;
}

async function untilAllIsSent(posts: readonly Post[]): Promise<Client[]> {
  const windows: Client[] = [];
  for (const { window } of posts) windows.push(await untilEverythingIsSent(window));
  return windows;
}

/** A call that nobody has answered, and so everybody may write of; all of these desks hold it. */
export async function makeSharedCall(posts: readonly Post[]): Promise<string> {
  const windows = await untilAllIsSent(posts);
  const callId = newRecordId();
  const head = { source: "device:this", at: new Date().toISOString() };
  const ends = { from: "+13125550147", to: "+13125550100", provider: "simulator" };
  const told = await windows[0]?.call(reportCalls, {
    callId,
    events: [
      { ...head, key: "1", seq: 1, type: "offered", ...ends, leadId: null },
      { ...head, key: "2", seq: 2, type: "ended", why: "abandoned" },
    ],
  });
  if (!told?.ok) throw new Error(JSON.stringify(told));
  for (const client of windows) {
    await until(client, record, { collection: "calls", id: callId }, (found) => found.record !== null);
  }
  return callId;
}

/** Every desk has acknowledged something since now. */
export async function everybodyTypes(typists: readonly ReturnType<typeof startTypist>[]): Promise<void> {
  const before = typists.map((typist) => typist.promised());
  const deadline = performance.now() + 200_000;
  while (typists.some((typist, index) => typist.promised() === before[index])) {
    if (performance.now() > deadline) throw new Error("a desk does not come back");
    await sleep(20);
  }
}

export async function untilEverythingIsSent(window: () => Client | null): Promise<Client> {
  for (;;) {
    const client = window();
    const isDone = ({ phase, waiting }: { phase: string; waiting: number }) =>
      phase === "live" && waiting === 0;
    if (client) {
      await until(client, syncStatus, {}, isDone);
      return client;
    }
    await sleep(20);
  }
}

/** The leads that a desk which does not run holds; that it can be opened shows that no process was left behind. */
export async function readDeskLeads(dataDir: string): Promise<Record<string, unknown>[]> {
  const current = JSON.parse(await readFile(join(dataDir, "session.json"), "utf8")) as { account: Account };
  const { root, database } = foldersOf(dataDir, current.account);
  const lock = await acquireFolderLock({ folder: root, title: "the test" });
  if (!lock.ok) throw new Error(lock.error.message);
  const opened = await openReplicaDatabase(database);
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  const { sql, table, store, close } = opened.value;
  const rows = await sql<{ id: string }>(`select id from ${table("leads")} where not deleted order by id`);
  const found = await store.find(
    "leads",
    rows.map(({ id }) => id),
  );
  await close();
  await lock.value.release();
  return rows.map(({ id }) => visibleOf(found.get(id) as never) as unknown as Record<string, unknown>);
}

export function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
