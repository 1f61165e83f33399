// `node tools/run.mjs tools/make-demo-calls.ts [name …]`: speaks the scripts in resources/demo once more. Needs
// espeak-ng 1.51 and opusenc (Debian: espeak-ng, opus-tools); with the same versions it writes the same bytes.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { DemoCall, DemoGreetings } from "../shared/calls/demo-call.ts";
import { layOut, toTurns, type SpokenLine } from "./demo-calls/lay-out.ts";
import { parseGreetings, type GreetingLine } from "./demo-calls/parse-greetings.ts";
import { parseScript } from "./demo-calls/parse-script.ts";
import { speak } from "./demo-calls/speak.ts";
import { writeOpus } from "./demo-calls/write-opus.ts";
import { root } from "./processes.ts";

const callsFolder = join(root, "resources/demo/calls");
const greetingsFolder = join(root, "resources/demo/greetings");
/** Nobody hangs up on the last syllable. */
const tailMs = 500;

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
for (const name of readdirSync(callsFolder).filter(isWanted)) await makeCall(join(callsFolder, name));
if (isWanted("greetings")) await makeGreetings();

async function makeCall(folder: string): Promise<void> {
  const { lines, agent, customer, ...head } = parseScript(readFileSync(join(folder, "script.txt"), "utf8"));
  const voices = { agent: agent.voice, customer: customer.voice };
  const placed = layOut(lines.map((line) => ({ ...line, speech: speak(line.text, voices[line.speaker]) })));
  const turns = toTurns(placed);
  const durationMs = wholeDuration(Math.max(...turns.map(({ endMs }) => endMs)));
  const call = DemoCall.parse({
    version: 1,
    ...head,
    agent: { name: agent.name },
    customer: { name: customer.name, phone: customer.phone, company: customer.company },
    durationMs,
    turns,
  });
  await writeJson(join(folder, "call.json"), call);
  (["agent", "customer"] as const).forEach((side, serial) => {
    const spoken = placed.filter(({ speaker }) => speaker === side);
    writeOpus(join(folder, `${side}.opus`), spoken, durationMs, serial + 1);
  });
  console.log(`${(durationMs / 1000).toFixed(1)} s  ${call.title}`);
}

async function makeGreetings(): Promise<void> {
  const lines = parseGreetings(readFileSync(join(greetingsFolder, "script.txt"), "utf8"));
  const greetings = lines.map(makeGreeting);
  await writeJson(join(greetingsFolder, "greetings.json"), DemoGreetings.parse({ version: 1, greetings }));
  console.log(`${greetings.length} greetings`);
}

function makeGreeting({ voice, ...greeting }: GreetingLine): object {
  const start = { kind: "gap", ms: 200 } as const;
  const line: SpokenLine = {
    speaker: "agent",
    start,
    text: greeting.text,
    speech: speak(greeting.text, voice),
  };
  const placed = layOut([line]);
  const durationMs = wholeDuration(toTurns(placed)[0]?.endMs ?? 0);
  writeOpus(join(greetingsFolder, `${greeting.name}.opus`), placed, durationMs, 1);
  return { ...greeting, durationMs };
}

/** Up to a tenth of a second: a whole number of samples at 22,050 Hz as well as at 48,000. */
function wholeDuration(endMs: number): number {
  return Math.ceil((endMs + tailMs) / 100) * 100;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  const style = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(value), { ...style, parser: "json" }));
}
