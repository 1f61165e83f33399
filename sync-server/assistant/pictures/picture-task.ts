import { titleCard } from "../../../shared/assistant/listings/title-card.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { AiPictureTask } from "../../ai/index.ts";

/** @property number of the listing's pictures, from 1: another one looks otherwise */
export type PictureInput = { listing: Listing; number: number };

const longestDescription = 1_000;
const mostFeatures = 12;

/** What a listing is like, drawn. Neither its title nor its address is told: they would be written into the picture. */
export const pictureTask: AiPictureTask<PictureInput> = {
  name: "assistant.picture",
  promptVersion: 1,
  feature: "picture",
  priority: "waiting",
  // A description may name whom to ring; a picture needs nobody's name.
  personalData: "hidden",
  // Models of today take up to a minute.
  timeoutMs: 120_000,
  dataOf: ({ listing }) => {
    const {
      type,
      city,
      bedrooms,
      bathrooms,
      parking,
      landSize: squareMetres,
      features,
      description,
    } = listing;
    return {
      listing: {
        ...{ type, city, bedrooms, bathrooms, parking, squareMetres },
        features: features.slice(0, mostFeatures),
        description: description.slice(0, longestDescription),
      },
    };
  },
  byRules: ({ listing, number }) => titleCard(listing, number),
};
