import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DemoCall } from "../../../shared/calls/demo-call.ts";

const folder = fileURLToPath(new URL("../../../resources/demo/calls", import.meta.url));

/** The calls that come with the demo, by name. @throws where there are none */
export function readDemoCalls(): DemoCall[] {
  const names = readdirSync(folder).toSorted();
  if (names.length === 0) throw new Error("no demo calls");
  return names.map((name) =>
    DemoCall.parse(JSON.parse(readFileSync(join(folder, name, "call.json"), "utf8"))),
  );
}

/** All turns of them, one call behind the other. */
export function demoTurns(): DemoCall["turns"] {
  return readDemoCalls().flatMap((call) => call.turns);
}
