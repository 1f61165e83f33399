import { expect, test } from "vitest";
import { homesInFields } from "./homes-in-fields.ts";
import { peopleInFields } from "./people-in-fields.ts";

test("whom a lead's own fields name, and nothing else that stands in them", () => {
  const custom = {
    spouse: "Tom Keller",
    children: "Lisa (7), Ben and Zoë",
    next_of_kin: "Jan van der Berg",
    emergency_contact_name: "王小明",
    partner: "None",
    husband: "works abroad",
    product_name: "Green Meadows",
    seating: "South Facing",
    contact_day: "Monday",
    kids: 2,
    daughter: null,
    friends: ["Amy"],
  };
  expect(peopleInFields(custom)).toEqual([
    ...["Tom Keller", "Lisa", "Ben", "Zoë", "Jan van der Berg", "王小明", "Monday"],
  ]);
});

test("where they live, and not what they look for", () => {
  const custom = {
    home_address: "The Old Rectory, Wick",
    plz: "10115",
    email_address: "a@b.io",
    wanted_street: "Elm",
    floor: 3,
  };
  expect(homesInFields(custom)).toEqual(["The Old Rectory, Wick", "10115"]);
});
