// `npm run build`: everything that is packaged or served, into dist/. Names of builds as arguments narrow it.
import { buildNames, buildStale } from "./builds.ts";

const asked = process.argv.slice(2);
await buildStale(buildNames.filter((name) => asked.length === 0 || asked.includes(name)));
