import type { CarrierError } from "./port.ts";

/** What a carrier would not or could not do now: work that must happen ends with it and is tried again. */
export class CarrierTrouble extends Error {
  readonly why: CarrierError["why"];

  constructor({ why, message }: CarrierError) {
    super(`${why}: ${message}`);
    this.why = why;
  }
}
