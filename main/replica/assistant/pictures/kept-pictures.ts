import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ListingPicture } from "../../../../shared/assistant/listings/picture-wire.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { err, ok, type Result } from "../../../../shared/result/result.ts";
import type { Reads } from "../../replica.ts";
import { readJsonFile } from "../../session/json-file.ts";
import { createKeptFile } from "../../session/kept-file.ts";
import type { AskPictures } from "./ask-pictures.ts";

/** Pictures of the listings that were looked at last, so that they are there without a network. */
export type KeptPictures = {
  /** The one that a listing had when the server was last asked; null = none, or nobody asked. */
  usedBy(listingId: string): ListingPicture | null;
  noteUsed(listingId: string, picture: ListingPicture | null): void;
  /** Where its file is on this computer, fetched where it is not there yet. */
  bring(picture: Pick<ListingPicture, "id">): Promise<Result<string, string>>;
  /** Puts the file of one there that this computer has made, until the desk is opened again. */
  keep(id: RecordId, bytes: Uint8Array): Promise<Result<string, string>>;
  /** Resolves when nothing is written any more. */
  close(): Promise<void>;
};

export type KeepPorts = {
  ask: Pick<AskPictures, "pictureFile">;
  reads: Pick<Reads, "getAll" | "onChange">;
  /** The person's own. */
  folder: string;
  onTrouble: (cause: unknown) => void;
};

/** Some hundred megabytes at most. */
const mostKept = 100;

/** @throws where the list of what is kept is there and cannot be read */
export async function openKeptPictures({ ask, reads, folder, onTrouble }: KeepPorts): Promise<KeptPictures> {
  const files = join(folder, "pictures");
  const list = join(folder, "pictures.json");
  const known = (await readJsonFile(list, z.array(ListingPicture))) ?? [];
  const here = await reads.getAll("listings", known.map(({ listingId }) => listingId)); // prettier-ignore
  const usedByListing = new Map(
    known.flatMap((one) => (here.has(one.listingId) ? [[one.listingId as string, one]] : [])),
  );
  await removeOthers(files, new Set(Array.from(usedByListing.values(), ({ id }) => fileNameOf(id))));
  const file = createKeptFile(list, () => [...usedByListing.values()], onTrouble);
  const closing = new AbortController();
  const underWay = new Map<string, Promise<Result<string, string>>>();

  function forget(listingId: string): void {
    const was = usedByListing.get(listingId);
    if (!was) return;
    usedByListing.delete(listingId);
    file.save();
    // What cannot be removed now is when the desk opens again.
    void rm(join(files, fileNameOf(was.id)), { force: true }).catch(() => {});
  }

  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== "listings") return;
    for (const { id, after } of records) if (after === null) forget(id);
  });

  async function fetchTo(path: string, id: RecordId): Promise<Result<string, string>> {
    if (await isThere(path)) return ok(path);
    const fetched = await ask.pictureFile(id, closing.signal);
    return fetched.ok ? writeTo(path, fetched.value) : fetched;
  }

  async function writeTo(path: string, bytes: Uint8Array): Promise<Result<string, string>> {
    try {
      await mkdir(files, { recursive: true, mode: 0o700 });
      await writeFile(`${path}.new`, bytes, { mode: 0o600 });
      await rename(`${path}.new`, path);
      return ok(path);
    } catch {
      return err("This computer could not keep the picture. Make room on its disk.");
    }
  }

  /** One at a time for each file. */
  function once(id: RecordId, work: (path: string) => Promise<Result<string, string>>) {
    const path = join(files, fileNameOf(id));
    const going = underWay.get(path) ?? work(path).finally(() => underWay.delete(path));
    underWay.set(path, going);
    return going;
  }

  return {
    usedBy: (listingId) => usedByListing.get(listingId) ?? null,
    noteUsed(listingId, picture) {
      if (picture === null) return forget(listingId);
      // Its file stays until the desk is opened again: the person may go back to it.
      usedByListing.delete(listingId);
      usedByListing.set(listingId, picture);
      const [oldest] = usedByListing.keys();
      if (usedByListing.size > mostKept && oldest !== undefined) forget(oldest);
      file.save();
    },
    bring: ({ id }) => once(id, (path) => fetchTo(path, id)),
    keep: (id, bytes) => once(id, (path) => writeTo(path, bytes)),
    async close() {
      stop();
      closing.abort();
      await Promise.allSettled(underWay.values());
      await file.written();
    },
  };
}

/** Ids have colons, which are no names of files everywhere. */
function fileNameOf(id: string): string {
  return Buffer.from(id).toString("hex");
}

/** What was drawn and not used, what was taken away, and what broke off. */
async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => !kept.has(one))) await rm(join(folder, name), { force: true });
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
