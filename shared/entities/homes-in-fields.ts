import type { CustomValue } from "./fields.ts";

const place = new Set(
  `address addresses street postcode zip zipcode residence adresse anschrift strasse wohnort plz wohnadresse domicile
  direccion domicilio indirizzo`.split(/\s+/u),
);
/** What they look for, and where they are reached otherwise. */
const otherPlaces = new Set(
  "email e mail ip web site url listing property viewing wanted preferred desired wish".split(" "),
);

/** Where a lead lives, as their own fields have it: "home_address", "postcode". */
export function homesInFields(custom: Readonly<Record<string, CustomValue>>): string[] {
  return Object.entries(custom).flatMap(([key, value]) => {
    const words = key.split("_");
    const isHome = words.some((word) => place.has(word)) && !words.some((word) => otherPlaces.has(word));
    return isHome && typeof value === "string" && value.length <= 300 ? [value] : [];
  });
}
