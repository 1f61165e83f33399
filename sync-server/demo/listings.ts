import type { Listing } from "../../shared/entities/listing.ts";
import type { Calendar } from "./calendar.ts";
import { recordIdAt } from "./ids.ts";
import { rollDice, seedOf, type Dice } from "./random.ts";

const buildings = [
  ["210 Canal St", "Chicago", 9],
  ["18 Fulton Market", "Chicago", 6],
  ["455 West 23rd St", "New York", 12],
  ["77 Seaport Blvd", "Boston", 8],
  ["600 Mission St", "San Francisco", 10],
  ["1201 Western Ave", "Seattle", 7],
  ["1441 Wazee St", "Denver", 5],
  ["3 Curtain Place, Shoreditch", "London", 4],
] as const;

const ordinals = ["Ground", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth"]; // prettier-ignore
const features = ["Terrace", "Loading bay", "Bike room", "Showers", "Phone booths", "Fibre, two entries", "Kitchen", "Step-free", "Dogs welcome", "24/7 access"]; // prettier-ignore

/** The floors that Northgate lets, one record each. */
export function northgateListings(seed: number, calendar: Calendar): Listing[] {
  return buildings.flatMap(([address, city, floors], building) =>
    Array.from({ length: floors }, (_, floor) => {
      const dice = rollDice(seedOf(seed, 1_000 * (building + 1) + floor));
      return drawFloor(dice, calendar, address, city, floor);
    }),
  );
}

function drawFloor(dice: Dice, calendar: Calendar, address: string, city: string, floor: number): Listing {
  const squareMetres = dice.int(9, 72) * 20;
  const desks = Math.round(squareMetres / 11);
  const madeAt = calendar.workdayAt(-dice.int(30, 500), "10:00");
  return {
    id: recordIdAt(Date.parse(madeAt), dice),
    rev: 1,
    createdAt: madeAt,
    updatedAt: madeAt,
    kept: [],
    title: `${ordinals[floor]} floor, ${address}`,
    address,
    city,
    type: floor === 0 ? "Shop front and office" : "Office floor",
    status: dice.weighted([["available", 6], ["reserved", 2], ["sold", 3], ["draft", 0.5]]), // prettier-ignore
    price: Math.round((desks * dice.int(680, 980) * 12) / 1000) * 1000,
    currency: city === "London" ? "GBP" : "USD",
    bedrooms: null,
    bathrooms: dice.int(2, 4),
    parking: dice.int(0, 14),
    landSize: squareMetres,
    features: dice.sample(features, dice.int(2, 5)),
    description: `${squareMetres} m² for about ${desks} people. ${dice.pick(descriptions)}`,
    ownerId: null,
    custom: { desks, floor: floor + 1 },
  };
}

const descriptions = [
  "Corner floor with light from three sides; fit-out from 2023, ready to move in.",
  "Open plan, two large meeting rooms, kitchen by the lift.",
  "Quiet side of the building. Carpets and lighting were renewed this summer.",
  "Splits into two suites with their own entrances.",
];
