import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { collectionNames } from "../../../shared/entities/collections.ts";
import { newRecordId } from "../../../shared/entities/id.ts";
import type { Clock, Random, Timers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { SessionState } from "../../../shared/rpc/contract/session.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { forgetBreakdowns, isBeyondRepair, noteBreakdown } from "../database/breakdowns.ts";
import type { OpenDatabaseError } from "../database/open-database.ts";
import { createTranscripts, type Transcripts } from "../coaching/transcripts.ts";
import { openCallsAside, type CallsAside } from "../phone/calls-aside.ts";
import { createHangUps, type HangUps } from "../phone/hang-ups.ts";
import { createJobs, type Jobs } from "../jobs/jobs.ts";
import { openJournal, type Journal } from "../journal/index.ts";
import { acquireFolderLock, type FolderLock, type LockError } from "../lock/index.ts";
import { openReplica, type OpenReplica } from "../open-replica.ts";
import { diskTroubleOf, type Failure } from "../pglite-storage/index.ts";
import { openPresence } from "../presence/keep-presence.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import { createSyncEngine, type SyncEngine } from "../sync/engine.ts";
import { openFeed, type Feed } from "../sync/feed.ts";
import { openLastSync } from "../sync/last-sync.ts";
import type { RefusedEdit } from "../sync/push.ts";
import type { StopReason } from "../sync/sync-machine.ts";
import type { SyncTransport } from "../sync/transport.ts";
import { foldersOf, secretNames, type Account } from "./account.ts";
import { KeychainLocked, type HostPort } from "./host-port.ts";
import { setAside } from "./set-aside.ts";

/** Everything of one person on this machine, open. */
export type Desk = {
  readonly account: Account;
  /** Of the person's sign-in; null = they work here without one. */
  readonly token: string | null;
  /** The person's own folder on this machine. */
  readonly folder: string;
  readonly replica: OpenReplica;
  readonly journal: Journal;
  readonly callsAside: CallsAside;
  readonly feed: Feed;
  readonly engine: SyncEngine;
  readonly presence: PresenceBoard;
  /** What is said in the calls of this person's. */
  readonly transcripts: Transcripts;
  /** Calls of this person's that others want to end. */
  readonly hangUps: Pick<HangUps, "onAsked">;
  readonly jobs: Jobs;
  /** True after the records did not open: they come again from the server and the journal. */
  readonly rebuilding: boolean;
  /** Begins to sync; does nothing without a sign-in. */
  start(): void;
  close(): Promise<void>;
};

export type Blocked = Extract<SessionState, { state: "blocked" }>;

export type DeskPorts = {
  dataDir: string;
  /** What others read who find the folder in use. */
  title: string;
  host: HostPort;
  clock: Clock;
  timers: Timers;
  random: Random;
  connect: (account: Account, token: string) => SyncTransport;
  onEnded: (why: StopReason) => void;
  onRefused: (edits: readonly RefusedEdit[]) => void;
  /** Something that the person should know, in one sentence. */
  onTrouble: (text: string, cause?: unknown) => void;
  /** The records can no longer be used in this process; the next one finds out what to do about them. */
  onBroken: (cause: unknown) => void;
};

/**
 * Opens a person's folder: lock, journal, records, and the way to the server.
 * Without a token it opens all the same and does not sync.
 */
export async function openDesk(
  ports: DeskPorts,
  account: Account,
  token: string | null,
): Promise<Result<Desk, Blocked>> {
  const folders = foldersOf(ports.dataDir, account);
  const lock = await acquireFolderLock({ folder: folders.root, title: ports.title, clock: ports.clock });
  if (!lock.ok) return err(blockedBy(lock.error));
  try {
    const opened = await openUnderLock(ports, account, token, lock.value);
    if (!opened.ok) await lock.value.release();
    return opened;
  } catch (cause) {
    await lock.value.release();
    ports.onTrouble("The desk could not be opened.", cause);
    return err({ state: "blocked", ...blockOf(cause) });
  }
}

async function openUnderLock(
  ports: DeskPorts,
  account: Account,
  token: string | null,
  lock: FolderLock,
): Promise<Result<Desk, Blocked>> {
  const key = await readJournalKey(ports.host, account);
  const journal = await openPersonsJournal(ports, account, key);
  if (!journal.ok) return journal;
  const replica = await openOrRebuild(ports, account, journal.value);
  if (!replica.ok) {
    await journal.value.close();
    return replica;
  }
  const desk = await assemble(ports, account, token, journal.value, replica.value);
  return ok({
    ...desk,
    callsAside: openCallsAside(foldersOf(ports.dataDir, account).callsAside, key),
    async close() {
      await desk.close();
      await lock.release();
    },
  });
}

async function openPersonsJournal(
  { dataDir, clock, onTrouble }: DeskPorts,
  account: Account,
  key: Uint8Array,
): Promise<Result<Journal, Blocked>> {
  const { journal: folder } = foldersOf(dataDir, account);
  let opened = await openJournal({ folder, key, clock });
  if (!opened.ok && opened.error.code === "wrong-key") {
    // Its key is gone for good: the file is kept for whoever still has it, and the desk goes on.
    await setAside(join(folder, "journal.log"), new Date(clock.now()).toISOString(), "all");
    onTrouble(opened.error.message);
    opened = await openJournal({ folder, key, clock });
  }
  if (!opened.ok) {
    const { code, message } = opened.error;
    return err({
      state: "blocked",
      code: code === "disk-full" || code === "read-only" ? code : "damaged",
      message,
    });
  }
  if (opened.value.damage) {
    onTrouble(
      "A part of the unsent edits could not be read. The file was kept, and what could be read is there.",
    );
  }
  return opened;
}

async function readJournalKey(host: HostPort, account: Account): Promise<Uint8Array> {
  const { journalKey } = secretNames(account);
  const known = await host.secrets.read(journalKey);
  if (known) return Buffer.from(known, "base64");
  const key = randomBytes(32);
  // Kept before the first edit is sealed with it: an edit that nobody can read is lost.
  await host.secrets.write(journalKey, key.toString("base64"));
  return key;
}

type Opened = { replica: OpenReplica; rebuilding: boolean };

/** Records that do not open are set aside and come again from the server; nobody has to do anything. */
async function openOrRebuild(
  ports: DeskPorts,
  account: Account,
  journal: Journal,
): Promise<Result<Opened, Blocked>> {
  const { database } = foldersOf(ports.dataDir, account);
  const { clock, onBroken, onTrouble } = ports;
  const giveUp = async (failure: Failure, cause: unknown) => {
    await noteBreakdown(database, failure, clock).catch(() => {});
    onBroken(cause);
  };
  const open = () =>
    openReplica({
      folder: database,
      journal,
      me: account.person,
      clock,
      newId: () => newRecordId(),
      onFailure: giveUp,
    });
  const hopeless = await isBeyondRepair(database, clock);
  const first = hopeless ? null : await open();
  if (first?.ok) return ok({ replica: first.value, rebuilding: false });
  if (first && first.error.code !== "damaged") return err(blockedByDatabase(first.error));
  onTrouble(
    "The records on this machine could not be read. They are fetched from the server again.",
    first?.error.cause,
  );
  await setAside(database, new Date(clock.now()).toISOString());
  await forgetBreakdowns(database);
  const second = await open();
  if (second.ok) return ok({ replica: second.value, rebuilding: true });
  return err(blockedByDatabase(second.error));
}

async function assemble(
  ports: DeskPorts,
  account: Account,
  token: string | null,
  journal: Journal,
  { replica, rebuilding }: Opened,
): Promise<Omit<Desk, "callsAside">> {
  const { clock, timers, random, onEnded, onRefused, onTrouble } = ports;
  const { database, layers, takeTurn } = replica;
  const { sql, table } = database;
  const folder = foldersOf(ports.dataDir, account).root;
  const presence = await openPresence({
    ...{ path: join(folder, "presence.json"), clock },
    onTrouble: (cause) => onTrouble("Your presence could not be kept on this machine.", cause),
  });
  const feed = await openFeed({ collections: collectionNames, sql, table, layers, takeTurn });
  const jobs = createJobs({ clock, newId: () => newRecordId() });
  const transcripts = createTranscripts(replica.reads, clock);
  const hangUps = createHangUps();
  const engine = createSyncEngine({
    transport: ports.connect(account, token ?? ""),
    feed,
    layers,
    journal,
    takeTurn,
    presence,
    onSaid: transcripts.take,
    onHangUp: hangUps.tell,
    lastSync: await openLastSync(sql, clock),
    device: account.deviceId,
    clock,
    timers,
    random,
    onEnded,
    onRefused,
    onOwnTrouble: (error) => onTrouble(ownTroubleText(error), error),
  });
  return {
    account,
    token,
    folder,
    replica,
    journal,
    feed,
    engine,
    presence,
    transcripts,
    hangUps,
    jobs,
    rebuilding,
    start() {
      if (token !== null) engine.start();
    },
    async close() {
      await jobs.stop();
      await engine.stop();
      transcripts.close();
      await presence.written();
      await replica.close();
      await journal.close();
    },
  };
}

function ownTroubleText(error: RpcError | Error): string {
  return error instanceof Error ? blockOf(error).message : error.message;
}

function blockedBy(error: LockError): Blocked {
  if (error.code === "held") return { state: "blocked", code: "locked", message: error.message };
  const code = error.code === "failed" ? "damaged" : error.code;
  return { state: "blocked", code, message: error.message };
}

function blockedByDatabase({ code, cause }: OpenDatabaseError): Blocked {
  const known = code === "disk-full" || code === "read-only" ? blocks[code] : blockOf(cause);
  return { state: "blocked", ...known };
}

/** What a failure of the disk, or of the keychain, means to the person. */
export function blockOf(cause: unknown): Pick<Blocked, "code" | "message"> {
  if (cause instanceof KeychainLocked) return { code: "keychain", message: cause.message };
  return blocks[diskTroubleOf(cause) ?? "damaged"];
}

const blocks = {
  "disk-full": {
    code: "disk-full",
    message: "The disk is full. Ringside goes on when there is room again.",
  },
  "read-only": {
    code: "read-only",
    message: "Ringside may not write to its folder. It goes on when it may.",
  },
  damaged: {
    code: "damaged",
    message: "Ringside could not open its folder. The details are in its log.",
  },
} as const satisfies Record<string, Pick<Blocked, "code" | "message">>;
