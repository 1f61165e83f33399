export {
  createCatalogue,
  environmentModel,
  readTimeZone,
  type CatalogueDeps,
  type Connect,
} from "./create-catalogue.ts";
export { openRemembered } from "./remember.ts";
export { isFor } from "./read-offers.ts";
