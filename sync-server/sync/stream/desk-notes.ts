import { DiskFull } from "../../database/index.ts";
import { oneAfterAnother } from "./one-after-another.ts";

type Write = () => Promise<void>;

/**
 * What is noted of desks that come and go: of each in the order in which it happened. A disk without room keeps nobody
 * from the stream; the last that was to be noted of a desk is noted when there is room.
 */
export function createDeskNotes() {
  const inTurn = oneAfterAnother();
  const owed = new Map<string, Write>();

  async function tryTo(desk: string, write: Write): Promise<void> {
    owed.delete(desk);
    try {
      await write();
    } catch (error) {
      if (!(error instanceof DiskFull)) throw error;
      owed.set(desk, write);
    }
  }

  /** @param desk by which notes are of one and the same */
  function note(desk: string, write: Write): Promise<void> {
    return inTurn(desk, () => tryTo(desk, write));
  }

  /** Tries again what there was no room for, unless something newer was noted meanwhile. */
  async function settle(): Promise<void> {
    const tries = [...owed.keys()].map((desk) =>
      inTurn(desk, async () => {
        const write = owed.get(desk);
        if (write) await tryTo(desk, write);
      }),
    );
    await Promise.all(tries);
  }

  return { note, settle };
}
