import { systemTimers, type Clock, type Timers } from "../../shared/result/ports.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import {
  openReplicaDatabase,
  type OpenDatabaseError,
  type OpenDatabaseOptions,
  type ReplicaDatabase,
} from "./database/open-database.ts";
import { dropUndoBefore } from "./database/local-tables.ts";
import { visibleOf } from "./database/record-store.ts";
import { createReads } from "./database/reads.ts";
import { createTurns, type TakeTurn } from "./database/turns.ts";
import { createEdits, type EditsPorts } from "./edits/edits.ts";
import type { EditJournal } from "./edits/edit-journal.ts";
import { createOwedEdits } from "./edits/owed-edits.ts";
import { createLayers, type Layers } from "./edits/layers.ts";
import { diskTroubleOf } from "./pglite-storage/index.ts";
import type { Replica } from "./replica.ts";

export type OpenReplicaOptions = OpenDatabaseOptions & {
  /** Absolute path of the database. The caller holds the lock. */
  folder: string;
  journal: EditJournal;
  me: Replica["me"];
  clock: Clock;
  newId: () => string;
  timers?: Timers;
};

/** How long an import, or any edit, can be taken back. */
const keepUndoMs = 30 * 24 * 3_600_000;

/** A replica with what sync needs of its insides. */
export type OpenReplica = Replica & {
  readonly database: ReplicaDatabase;
  /** For what else works on edits, such as a person's decisions about refused ones. */
  readonly editsPorts: EditsPorts;
  readonly layers: Layers;
  readonly journal: EditJournal;
  readonly takeTurn: TakeTurn;
  close(): Promise<void>;
};

/** Opens records and journal of one person and lays the one over the other: complete without any server. */
export async function openReplica(
  options: OpenReplicaOptions,
): Promise<Result<OpenReplica, OpenDatabaseError>> {
  const { folder, journal, clock, newId, timers = systemTimers } = options;
  const opened = await openReplicaDatabase(folder, options);
  if (!opened.ok) return opened;
  const database = opened.value;
  const { store, sql, table } = database;
  const takeTurn = createTurns();
  const layers = createLayers({ store, sql, journal });
  try {
    await takeTurn(() => layers.recover());
    await dropUndoBefore(sql, new Date(clock.now() - keepUndoMs).toISOString());
  } catch (cause) {
    // Or the next try would open a second database on the same folder.
    await database.close().catch(() => {});
    const code = diskTroubleOf(cause) ?? "failed";
    return err({ code, message: `The edits could not be laid over the records in ${folder}.`, cause });
  }
  const me = await followPerson(database, options.me);
  const owed = createOwedEdits({ layers, takeTurn, timers });
  const editsPorts: EditsPorts = { me, store, sql, table, layers, owed, journal, takeTurn, clock, newId };
  return ok({
    me,
    reads: createReads(database),
    edits: createEdits(editsPorts),
    editsPorts,
    database,
    layers,
    journal,
    takeTurn,
    close() {
      owed.stop();
      return takeTurn(() => database.close());
    },
  });
}

/** Role, teams and name as the tenant's settings have them, also when they change while the desk is open. */
async function followPerson({ store }: ReplicaDatabase, me: Replica["me"]): Promise<Replica["me"]> {
  const current = { ...me };
  const id = `person:${me.userId}`;
  const take = (person: unknown) => {
    const { name, role, teamIds } = (person ?? current) as Replica["me"];
    Object.assign(current, { name, role, teamIds });
  };
  take(visibleOf((await store.find("settings", [id])).get(id)));
  store.onChange(({ collection, records }) => {
    if (collection === "settings") take(records.find((record) => record.id === id)?.after);
  });
  return current;
}
