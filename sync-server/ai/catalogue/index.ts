export {
  createCatalogue,
  environmentModel,
  listeningModel,
  readTimeZone,
  timeZoneOf,
  type CatalogueDeps,
  type Connect,
} from "./create-catalogue.ts";
export { readMinutePrice } from "./minute-prices.ts";
export { openRemembered } from "./remember.ts";
export { isFor, isOwnAllowed } from "./read-offers.ts";
