import type { Identity } from "../http/index.ts";
import type { Form } from "./kept-vectors.ts";

/** What somebody wants; the vector is of length one. */
export type Wish = { space: string; vector: Float32Array };

/** `likeness` is the cosine of both vectors, -1 to 1. */
export type Near = { listingId: string; likeness: number };

/** As many as a desk remembers of a person: the nearest, where there are more. */
export const mostNear = 1_000;

/** Finds what is on offer by what its words mean. testing/contracts/near-listings.ts says what each kind holds to. */
export type NearListings = {
  /** Of what the asker may see and has a vector of the wish's space and size: the nearest, nearest first, equals by id. */
  find(asker: Identity, wish: Wish): Promise<Near[]>;
  /** How vectors are to be kept so that it finds them; others are made anew. */
  form: Form;
  /** Vectors of so many numbers are about to be kept. */
  expect(size: number): Promise<void>;
};

export function inOrder(found: Near[]): Near[] {
  return found.sort((a, b) => b.likeness - a.likeness || (a.listingId < b.listingId ? -1 : 1));
}
