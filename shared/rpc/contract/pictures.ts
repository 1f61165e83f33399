import { z } from "zod";
import { ListingPicture } from "../../assistant/listings/picture-wire.ts";
import { line } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { command, query } from "../define.ts";

/**
 * A picture as it is shown; `why`: what was kept from a better one, in words; empty = nothing. `onlyHere`: this device
 * made it without the server, so that nobody else sees it and the listing cannot have it.
 */
export const PictureSheet = ListingPicture.pick({ id: true, number: true, by: true, model: true }).extend({
  why: line,
  onlyHere: z.boolean(),
});
export type PictureSheet = z.infer<typeof PictureSheet>;

const ofListing = z.object({ listingId: RecordId });

export const listingPicture = query("assistant.listingPicture", {
  input: ofListing,
  output: z.object({
    /** The one that the listing has, as far as this device knows. */
    used: PictureSheet.nullable(),
    /** The last one that was drawn here, until it is the listing's. */
    drawn: PictureSheet.nullable(),
    drawing: z.boolean(),
    /** Why nothing was drawn; empty = nothing went wrong. */
    trouble: z.string(),
  }),
});
/** Begins to draw; the picture comes in `listingPicture`. */
export const drawPicture = command("assistant.drawPicture", { input: ofListing, output: z.object({}) });
/** Null: the listing is to have none. `before`: what it had, to be put back. */
export const putPicture = command("assistant.putPicture", {
  input: ofListing.extend({ id: RecordId.nullable() }),
  output: z.object({ before: RecordId.nullable() }),
});
/** The file of a picture that `listingPicture` tells of, for `files.read`. */
export const fetchPicture = command("assistant.fetchPicture", {
  input: ofListing.extend({ id: RecordId }),
  output: z.object({ fileId: z.string(), sizeBytes: z.int(), mediaType: z.string() }),
});

export const picturesContract = { listingPicture, drawPicture, putPicture, fetchPicture };
