import type { ListingPicture } from "../../../../shared/assistant/listings/picture-wire.ts";
import { titleCard } from "../../../../shared/assistant/listings/title-card.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { err, ok } from "../../../../shared/result/result.ts";
import type {
  drawPicture,
  fetchPicture,
  listingPicture,
  PictureSheet,
  putPicture,
} from "../../../../shared/rpc/contract/pictures.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import type { RpcError } from "../../../../shared/rpc/frames.ts";
import type { CommandHandler, QueryHandler } from "../../../rpc/handlers.ts";
import type { FileShelf } from "../../files/file-shelf.ts";
import { liveQuery } from "../../live/live-query.ts";
import type { Reads } from "../../replica.ts";
import { whyOf } from "../origin.ts";
import type { AskPictures } from "./ask-pictures.ts";
import { openKeptPictures, type KeepPorts } from "./kept-pictures.ts";

export type PicturePorts = KeepPorts & {
  ask: AskPictures;
  reads: Pick<Reads, "get" | "getAll" | "onChange">;
  shelf: Pick<FileShelf, "put">;
  newId: () => RecordId;
};

export type ListingPictures = {
  handlers: {
    listingPicture: QueryHandler<typeof listingPicture>;
    drawPicture: CommandHandler<typeof drawPicture>;
    putPicture: CommandHandler<typeof putPicture>;
    fetchPicture: CommandHandler<typeof fetchPicture>;
  };
  /** Ends what is under way; what is drawn on the server stays there. */
  close(): Promise<void>;
};

/** What this desk has had drawn of a listing since it was opened. */
type Easel = { drawn: Shown | null; drawing: boolean; trouble: string };
type Shown = PictureSheet & Pick<ListingPicture, "mimeType">;
const emptyEasel: Easel = { drawn: null, drawing: false, trouble: "" };

/** Pictures of listings: drawn and kept by the server, shown here, also without it. */
export async function openListingPictures(ports: PicturePorts): Promise<ListingPictures> {
  const { ask, reads, shelf, newId } = ports;
  const kept = await openKeptPictures(ports);
  const easels = new Map<string, Easel>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  /** What was put to a listing last counts, and no answer to an earlier question. */
  const putTimes = new Map<string, number>();

  const easelOf = (listingId: string) => easels.get(listingId) ?? emptyEasel;
  const change = (listingId: string, now: Partial<Easel>) => {
    easels.set(listingId, { ...easelOf(listingId), ...now });
    for (const listener of listeners) listener();
  };
  const note = (listingId: string, picture: ListingPicture | null) => {
    kept.noteUsed(listingId, picture);
    for (const listener of listeners) listener();
  };

  async function look(listingId: RecordId): Promise<void> {
    if ((await reads.get("listings", listingId)) === null) return;
    const before = putTimes.get(listingId);
    const answer = await ask.usedPicture(listingId);
    if (answer.ok && putTimes.get(listingId) === before && !closing.signal.aborted)
      note(listingId, answer.value.picture);
  }

  async function draw(listingId: RecordId): Promise<void> {
    const answer = await ask.draw({ id: newId(), listingId }, closing.signal);
    if (!answer.ok) {
      const { why, unreachable } = answer.error;
      const instead = unreachable ? await drawHere(listingId, why) : { trouble: why };
      return change(listingId, { drawing: false, ...instead });
    }
    const { picture, ...origin } = answer.value;
    change(listingId, { drawing: false, drawn: { ...picture, why: whyOf(origin), onlyHere: false } });
  }

  /** Without the server whoever has nothing to show gets the card by rules: to show, and not to keep. */
  async function drawHere(listingId: RecordId, why: string): Promise<Partial<Easel>> {
    const listing = closing.signal.aborted ? null : await reads.get("listings", listingId);
    const { drawn } = easelOf(listingId);
    if (listing === null || kept.usedBy(listingId) || (drawn && !drawn.onlyHere)) return { trouble: why };
    const number = drawn ? drawn.number + 1 : 1;
    // Under the id that was asked for the server may still have drawn one.
    const id = newId();
    const made = await kept.keep(id, new TextEncoder().encode(titleCard(listing, number)));
    if (!made.ok) return { trouble: made.error };
    return { drawn: { id, number, by: "rules", model: "", why, onlyHere: true, mimeType: "image/svg+xml" } };
  }

  const stateOf = (listingId: string): OutputOf<typeof listingPicture> => {
    const { drawn, drawing, trouble } = easelOf(listingId);
    const used = kept.usedBy(listingId);
    return {
      used: used && sheetOf({ ...used, why: "", onlyHere: false }),
      drawn: drawn && drawn.id !== used?.id ? sheetOf(drawn) : null,
      ...{ drawing, trouble },
    };
  };

  return {
    handlers: {
      listingPicture: liveQuery<typeof listingPicture>(
        { reads },
        {
          dependsOn: ["listings"],
          affects: ({ records }, { listingId }) => records.some(({ id }) => id === listingId),
          alsoOn(rerun, { listingId }) {
            listeners.add(rerun);
            // Whoever looks next asks again.
            void look(listingId).catch(() => {});
            return () => void listeners.delete(rerun);
          },
          read: ({ listingId }) => stateOf(listingId),
        },
      ),
      async drawPicture({ listingId }) {
        if ((await reads.get("listings", listingId)) === null) return err(noListing);
        if (easelOf(listingId).drawing) return ok({});
        change(listingId, { drawing: true, trouble: "" });
        const work = draw(listingId).finally(() => underWay.delete(work));
        underWay.add(work);
        return ok({});
      },
      async putPicture({ listingId, id }) {
        if (id !== null && id === easelOf(listingId).drawn?.id && easelOf(listingId).drawn?.onlyHere)
          return err(notOnServer);
        const before = kept.usedBy(listingId)?.id ?? null;
        putTimes.set(listingId, (putTimes.get(listingId) ?? 0) + 1);
        const answer = await ask.putPicture(listingId, id);
        if (!answer.ok) return err({ code: "offline", message: `${answer.error} Nothing was changed.` });
        note(listingId, answer.value.picture);
        return ok({ before });
      },
      async fetchPicture({ listingId, id }) {
        const { drawn } = easelOf(listingId);
        const picture = [kept.usedBy(listingId), drawn].find((one) => one?.id === id);
        if (!picture) return err(noPicture);
        const path = await kept.bring(picture);
        if (!path.ok) return err({ code: "offline", message: path.error });
        const { fileId, sizeBytes } = await shelf.put(path.value, picture.id);
        return ok({ fileId, sizeBytes, mediaType: picture.mimeType });
      },
    },
    async close() {
      closing.abort();
      await Promise.all(underWay);
      await kept.close();
    },
  };
}

function sheetOf({ id, number, by, model, why, onlyHere }: PictureSheet): PictureSheet {
  return { id, number, by, model, why, onlyHere };
}

const noListing: RpcError = { code: "not-found", message: "This listing is not on this device any more." };
const notOnServer: RpcError = {
  code: "offline",
  message: "This card is on this computer alone. Draw another with the server.",
};
const noPicture: RpcError = { code: "not-found", message: "This picture is not with the listing any more." };
