import { cp, rm } from "node:fs/promises";
import type { DeviceId } from "../../shared/entities/id.ts";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { openSyncDesk, type SyncDesk } from "../fakes/sync-desk.ts";
import type { TestPerson } from "../server/test-identities.ts";
import type { Dice } from "./random.ts";
import { isTold } from "./collections.ts";
import type { SimLink } from "./sim-link.ts";
import { skewedClock, type VirtualTime } from "./virtual-time.ts";

/** One device of one person: the real replica and the real engine, which can be killed and started again. */
export type SimDesk = {
  readonly name: string;
  readonly who: TestPerson;
  readonly token: string;
  readonly link: SimLink;
  readonly collections: readonly CollectionName[];
  open(): SyncDesk;
  /** Ends the process in the middle of whatever it does, and starts it again on what is on its disk. */
  crash(): Promise<void>;
  /** Copies the database folder, as it will be found again after a power cut. */
  remember(): Promise<void>;
  /** Puts the folder back to the remembered copy. The journal, which is synced to disk, stays as it is. */
  losePower(): Promise<boolean>;
  dispose(): Promise<void>;
};

export type SimDeskOptions = {
  name: string;
  who: TestPerson;
  device: DeviceId;
  token: string;
  link: SimLink;
  time: VirtualTime;
  dice: Dice;
  /** How wrong the clock on this machine is. */
  skewMs: number;
  collections: readonly CollectionName[];
  /**
   * A lead left this desk, or is back: its person may not see it any more, or may again; or it was deleted. The same of a
   * call, and that one came of which a carrier told.
   */
  onSight?: (what: Sight, id: string) => void;
};

export type Sight = "lost sight" | "regained sight" | "heard of a call" | "lost a call" | "regained a call";

export async function openSimDesk({
  name,
  who,
  device,
  token,
  link,
  time,
  dice,
  skewMs,
  collections,
  onSight = () => {},
}: SimDeskOptions): Promise<SimDesk> {
  const options = {
    me: { userId: who.userId, name: who.name, role: who.role, teamIds: who.teamIds },
    transport: link,
    device,
    timers: time,
    clock: skewedClock(time, skewMs),
    random: dice.random,
    collections,
    pageLength: 20,
  };
  const outOfSight = new Set<string>();
  let desk = await openSyncDesk(options);
  followSight();
  desk.engine.start();
  let copy: string | null = null;

  function followSight(): void {
    desk.replica.reads.onChange(({ collection, records }) => {
      if (collection !== "leads" && collection !== "calls") return;
      const isCall = collection === "calls";
      for (const { before, after } of records) {
        if (before && !after) {
          outOfSight.add(before.id);
          onSight(isCall ? "lost a call" : "lost sight", before.id);
        } else if (after && outOfSight.delete(after.id))
          onSight(isCall ? "regained a call" : "regained sight", after.id);
        else if (isCall && after && !before && isTold(after.id)) onSight("heard of a call", after.id);
      }
    });
  }

  async function stop(): Promise<void> {
    const { engine, replica } = desk;
    // Whatever waits for the network hears nothing any more.
    const stopped = engine.stop();
    await time.pass(60_000);
    await stopped;
    await desk.presence.written();
    await replica.close();
    await replica.journal.close();
  }

  async function start(): Promise<void> {
    const { disk, folder } = desk.replica;
    desk = await openSyncDesk({ ...options, disk, folder });
    followSight();
    desk.engine.start();
  }

  return {
    name,
    who,
    token,
    link,
    collections,
    open: () => desk,
    async crash() {
      await stop();
      await start();
    },
    async remember() {
      await stop();
      copy = `${desk.replica.folder.root}/copy`;
      await rm(copy, { recursive: true, force: true });
      await cp(desk.replica.folder.database, copy, { recursive: true });
      await start();
    },
    async losePower() {
      if (copy === null) return false;
      await stop();
      await rm(desk.replica.folder.database, { recursive: true });
      await cp(copy, desk.replica.folder.database, { recursive: true });
      await start();
      return true;
    },
    async dispose() {
      await stop();
      await rm(desk.replica.folder.root, { recursive: true, force: true });
    },
  };
}
