import { z } from "zod";
import { custom, line, longText, money, tags, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

/** Whatever the tenant sells: a property by default, any catalogue by custom fields. */
export const Listing = z.strictObject({
  ...recordBase,
  title: line.min(1),
  address: line,
  city: line,
  type: line,
  status: z.enum(["draft", "available", "reserved", "sold"]),
  price: money.nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/u),
  bedrooms: z.number().min(0).max(1000).nullable(),
  bathrooms: z.number().min(0).max(1000).nullable(),
  parking: z.int().min(0).max(10_000).nullable(),
  /** Square metres. */
  landSize: z.number().min(0).max(1e9).nullable(),
  features: tags,
  description: longText,
  ownerId: userRef,
  custom,
});
export type Listing = z.infer<typeof Listing>;
