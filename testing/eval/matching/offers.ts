import type { Listing } from "../../../shared/entities/listing.ts";
import { someListing } from "../../fakes/some-story.ts";

/** What an agency has on offer, and two that nobody can have any more or yet. */
export const offers: readonly Listing[] = [
  offer("kinzie", "Loft on Kinzie Street", "Flat", {
    ...{ price: 420_000, bedrooms: 2, bathrooms: 1, parking: 0, landSize: 95 },
    features: ["Exposed brick", "Roof terrace"],
  }),
  offer("maple", "15 Maple Avenue", "Family house", {
    ...{ city: "Evanston", price: 690_000, bedrooms: 4, bathrooms: 3, parking: 2, landSize: 610 },
    features: ["Garden", "Garage", "Near schools"],
  }),
  offer("park", "Studio at Lincoln Park", "Flat", {
    ...{ price: 215_000, bedrooms: 1, bathrooms: 1, parking: 0, landSize: 38 },
    features: ["Lift", "Fitted kitchen"],
  }),
  offer("oak", "Townhouse in Oak Park", "House", {
    ...{ city: "Oak Park", price: 510_000, bedrooms: 3, bathrooms: 2, parking: 1, landSize: 180 },
    features: ["Garden", "Fireplace"],
  }),
  offer("lake", "Fourteenth floor, Lake Shore Drive", "Flat", {
    ...{ price: 780_000, bedrooms: 3, bathrooms: 2, parking: 1, landSize: 140 },
    features: ["Lake view", "Lift", "Concierge", "Pool"],
  }),
  offer("logan", "Ground floor in Logan Square", "Flat", {
    ...{ price: 365_000, bedrooms: 2, bathrooms: 1, parking: 1, landSize: 88 },
    features: ["Garden", "Pets allowed"],
  }),
  offer("canal", "Second floor, 210 Canal St", "Office floor", {
    ...{ price: 240_000, parking: 1, landSize: 640, custom: { desks: 40 } },
    features: ["Terrace", "Fibre", "24/7 access"],
  }),
  offer("wacker", "Corner office, Wacker Drive", "Office floor", {
    ...{ price: 520_000, parking: 6, landSize: 1_450, custom: { desks: 90 } },
    features: ["Reception", "Meeting rooms", "Lift"],
  }),
  offer("fulton", "Studio office, Fulton Market", "Office", {
    ...{ price: 96_000, parking: 0, landSize: 160, custom: { desks: 12 } },
    features: ["Phone booths", "Bike store"],
  }),
  offer("bungalow", "Bungalow on Elm Street", "House", {
    ...{ city: "Oak Park", price: 395_000, bedrooms: 2, bathrooms: 1, parking: 2, landSize: 120 },
    features: ["Step-free", "Garden", "Garage"],
  }),
  offer("green", "New build on Ridge Avenue", "Flat", {
    ...{ city: "Evanston", price: 445_000, bedrooms: 2, bathrooms: 2, parking: 1, landSize: 101 },
    features: ["Solar panels", "Charging point", "Lift"],
  }),
  offer("gold", "Penthouse, Gold Coast", "Flat", {
    ...{ price: 2_400_000, bedrooms: 4, bathrooms: 4, parking: 2, landSize: 420 },
    features: ["Pool", "Concierge", "Terrace"],
  }),
  offer("pilsen", "Warehouse in Pilsen", "Warehouse", {
    ...{ price: 1_150_000, parking: 12, landSize: 3_200 },
    features: ["Loading dock", "Yard"],
  }),
  offer("clark", "Shop on Clark Street", "Shop", {
    ...{ price: 310_000, parking: 0, landSize: 140 },
    features: ["Street front", "Cellar"],
  }),
  offer("rogers", "House in Rogers Park", "House", {
    ...{ price: 299_000, bedrooms: 3, bathrooms: 1, parking: 1, landSize: 130, features: ["Garden"] },
    description: "Needs a new roof and a new kitchen, sold as it is.",
  }),
  offer("sold", "Loft on Ohio Street", "Flat", {
    ...{ status: "sold", price: 410_000, bedrooms: 2, bathrooms: 1, parking: 1 },
    features: ["Exposed brick", "Roof terrace"],
  }),
  offer("draft", "Loft on Erie Street", "Flat", {
    ...{ status: "draft", price: 415_000, bedrooms: 2, bathrooms: 1, parking: 1 },
    features: ["Exposed brick", "Roof terrace"],
  }),
];

function offer(id: string, title: string, type: string, own: Partial<Listing>): Listing {
  return someListing({
    ...{
      id: id as Listing["id"],
      title,
      type,
      address: "",
      city: "Chicago",
      bathrooms: null,
      parking: null,
      custom: {},
    },
    ...own,
  });
}
