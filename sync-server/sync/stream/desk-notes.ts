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

  /** @param desk by which notes are of one and the same */
  function note(desk: string, write: Write): Promise<void> {
    return inTurn(desk, async () => {
      owed.delete(desk);
      if (!(await findsRoom(write))) owed.set(desk, write);
    });
  }

  /** Tries again what there was no room for, unless something newer was noted meanwhile. What fails stays owed. */
  async function settle(): Promise<void> {
    const tries = [...owed.keys()].map((desk) =>
      inTurn(desk, async () => {
        const write = owed.get(desk);
        if (write && (await findsRoom(write))) owed.delete(desk);
      }),
    );
    await Promise.all(tries);
  }

  return { note, settle };
}

async function findsRoom(write: Write): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof DiskFull) return false;
    throw error;
  }
}
