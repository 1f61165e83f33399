import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import type { Person } from "../../shared/entities/setting.ts";
import { systemClock, type Clock, type Timers } from "../../shared/result/ports.ts";
import { openJournal, type Journal } from "../../main/replica/journal/index.ts";
import { openReplica, type OpenReplica } from "../../main/replica/open-replica.ts";
import type { Replica } from "../../main/replica/replica.ts";
import { createMemoryFiles, type MemoryFiles } from "./memory-files.ts";

export type TestReplica = OpenReplica & {
  readonly journal: Journal;
  /** The disk under the journal. */
  readonly disk: MemoryFiles;
  readonly folder: { root: string; database: string };
  /** Closes it and opens it anew, as after a crash in between the two. */
  reopen(): Promise<TestReplica>;
  /** Closes it and removes its files. */
  dispose(): Promise<void>;
};

export type TestReplicaOptions = {
  me?: Partial<Replica["me"]>;
  clock?: Clock;
  timers?: Timers;
  disk?: MemoryFiles;
  folder?: { root: string; database: string };
  collections?: readonly CollectionName[];
};

const journalKey = new Uint8Array(32).fill(7);

/** @returns absolute paths, nothing at `database` yet; the caller removes `root` */
export async function makeReplicaFolder(): Promise<{ root: string; database: string }> {
  const root = await mkdtemp(join(tmpdir(), "ringside-replica-"));
  return { root, database: join(root, "database") };
}

/** A real replica: RxDB on PGlite in a folder of its own, the real journal on a disk in memory. */
export async function openTestReplica(options: TestReplicaOptions = {}): Promise<TestReplica> {
  const { clock = systemClock, disk = createMemoryFiles(), folder = await makeReplicaFolder() } = options;
  const journal = await openJournal({ folder: "/journal", key: journalKey, files: disk, clock });
  if (!journal.ok) throw new Error(journal.error.message);
  const me = {
    userId: "ana" as Person["userId"],
    name: "Ana",
    role: "agent" as const,
    teamIds: [],
    ...options.me,
  };
  const opened = await openReplica({
    folder: folder.database,
    journal: journal.value,
    me,
    clock,
    newId: () => newRecordId(),
    ...(options.timers ? { timers: options.timers } : {}),
    ...(options.collections ? { collections: options.collections } : {}),
  });
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  const replica = opened.value;
  const close = async () => {
    await replica.close();
    await journal.value.close();
  };
  return {
    ...replica,
    journal: journal.value,
    disk,
    folder,
    async reopen() {
      await close();
      return openTestReplica({ ...options, disk, folder });
    },
    async dispose() {
      await close();
      await rm(folder.root, { recursive: true, force: true });
    },
  };
}
