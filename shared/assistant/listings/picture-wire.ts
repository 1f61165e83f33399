import { z } from "zod";
import { mostPictureBytes } from "../../ai/vocabulary.ts";
import { Instant, line } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { AnswerOrigin } from "../server-wire.ts";

// What a desk asks of listings' pictures; with `Authorization: Bearer <token>`. They are no records: the server keeps
// them, and desks fetch the one that they show.
export const picturePaths = {
  /** POST DrawRequest, answered with DrawAnswer. Takes as long as a model draws. */
  draw: "/api/v1/assistant/pictures",
  /** GET: the file. It never changes. */
  file: (id: string) => `/api/v1/assistant/pictures/${encodeURIComponent(id)}`,
  /** GET, answered with UsedPicture; POST PutPicture, answered with the same. */
  used: (listingId: string) => `/api/v1/assistant/listings/${encodeURIComponent(listingId)}/picture`,
} as const;

export const ListingPicture = z.object({
  id: RecordId,
  listingId: RecordId,
  /** Of those of its listing, from 1. */
  number: z.int().min(1),
  mimeType: z.enum(["image/png", "image/jpeg", "image/webp", "image/svg+xml"]),
  sizeBytes: z.int().min(1).max(mostPictureBytes),
  by: AnswerOrigin.shape.by,
  /** By its name in the catalogue; empty = rules. */
  model: line,
  drawnAt: Instant,
});
export type ListingPicture = z.infer<typeof ListingPicture>;

/** The desk names the picture: to ask again for one that was drawn already draws no other. */
export const DrawRequest = z.strictObject({ id: RecordId, listingId: RecordId });
export type DrawRequest = z.infer<typeof DrawRequest>;
export const DrawAnswer = AnswerOrigin.extend({ picture: ListingPicture });
export type DrawAnswer = z.infer<typeof DrawAnswer>;

/** Null: the listing is to have none. */
export const PutPicture = z.strictObject({ id: RecordId.nullable() });
export type PutPicture = z.infer<typeof PutPicture>;
/** The one that the listing has. */
export const UsedPicture = z.object({ picture: ListingPicture.nullable() });
export type UsedPicture = z.infer<typeof UsedPicture>;
