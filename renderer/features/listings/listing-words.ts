import type { Listing } from "../../../shared/entities/listing.ts";
import { countOf, formatCount, formatMoneyShort } from "../../ui/format/numbers.ts";

export type ListingStatus = Listing["status"];

export const statusLabels: Record<ListingStatus, string> = {
  draft: "Draft",
  available: "Available",
  reserved: "Reserved",
  sold: "Sold",
};

export function priceText({ price, currency }: Pick<Listing, "price" | "currency">): string {
  return price === null ? "no price yet" : formatMoneyShort(price, currency);
}

/** "3 bedrooms, 2 bathrooms, 4 parking, 320 m²": what is known of its size. */
export function sizeText({
  bedrooms,
  bathrooms,
  parking,
  landSize,
}: Pick<Listing, "bedrooms" | "bathrooms" | "parking" | "landSize">): string {
  return [
    bedrooms ? countOf(bedrooms, "bedroom") : "",
    bathrooms ? countOf(bathrooms, "bathroom") : "",
    parking ? `${formatCount(parking)} parking` : "",
    landSize ? `${formatCount(landSize)} m²` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** "210 Canal St, Chicago". */
export function placeText({ address, city }: Pick<Listing, "address" | "city">): string {
  return [address, city].filter(Boolean).join(", ");
}
