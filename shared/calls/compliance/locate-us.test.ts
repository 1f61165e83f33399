import { expect, test } from "vitest";
import { locateUs } from "./locate-person.ts";

test.each([
  ["the state of our number takes the place of its country", "US", "+14155550100", ["US-CA"]],
  ["an area code of several states is all of them", "CA", "+18675550100", ["CA-YT", "CA-NT", "CA-NU"]],
  ["a number without a state leaves the country", "US", "+18005550100", ["US"]],
  ["a number of another country is one place more", "US", "+493023125012", ["US", "DE"]],
  ["so is one of another country's state", "DE", "+12125550100", ["DE", "US-NY"]],
  ["without a number the office alone counts", "US", "", ["US"]],
  ["a number of no country adds none", "US", "+80012345678", ["US"]],
])("%s", (_, country, ours, places) => {
  expect(locateUs(country, ours)).toEqual(places);
});
