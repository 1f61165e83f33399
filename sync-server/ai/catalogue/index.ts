export { createCatalogue, readTimeZone, type CatalogueDeps, type Connect } from "./create-catalogue.ts";
export { openRemembered } from "./remember.ts";
export { createOnlyOutside } from "./only-outside.ts";
export { isFor } from "./read-offers.ts";
