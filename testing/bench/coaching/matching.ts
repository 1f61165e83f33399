import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compilePlaybook } from "../../../shared/coaching/playbook/compile-playbook.ts";
import { startMatching } from "../../../shared/coaching/playbook/start-matching.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import { shippedPlaybooks } from "../../../shared/coaching/shipped/shipped.ts";
import { DemoCall } from "../../../shared/calls/demo-call.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { PlaybookRules, Trigger } from "../../../shared/entities/playbook.ts";
import { seededRandom } from "../../../shared/result/seeded-random.ts";
import { cardOf, phrases, playbookOf, wordByWord } from "../../coaching/talk.ts";
import { median, withFloor, type Bench, type Measurement } from "../measurement.ts";

const triggerCount = 500;
const phrasesEach = 4;
const wordsASecond = 1_000;
/** Half a minute of such talk: every demo call several times over. */
const wordCount = 30_000;

/** The processor's time for 1,000 words a second, each of them told as a guess that grows by a word. */
export const matching: Bench = {
  ids: ["coach.match.cpu"],
  async run({ runs, log }): Promise<Measurement[]> {
    const calls = demoTalk();
    const playbook = playbookOf500(calls.flat().map(({ text }) => text));
    const compiled = compilePlaybook(playbook);
    const texts = playbook.cards.flatMap(({ triggers }) => triggers).flatMap(phrasesOf);
    let fired = 0;
    const ours = (): void => {
      forEachCall(calls, (tellings) => {
        const call = startMatching(compiled);
        for (const telling of tellings) fired += call.hear(telling).length;
      });
    };
    let found = 0;
    const scan = (): void => {
      forEachCall(calls, (tellings) => {
        for (const { text } of tellings) for (const phrase of texts) if (text.includes(phrase)) found += 1;
      });
    };
    ours();
    const value = median(Array.from({ length: runs }, () => shareOfCore(ours)));
    const floor = median(Array.from({ length: runs }, () => shareOfCore(scan)));
    log(
      `${texts.length} phrases in ${triggerCount} triggers; in all runs ${fired} fired, ${found} found by the plain scan`,
    );
    if (fired === 0) throw new Error("nothing fired");
    return [
      withFloor({ id: "coach.match.cpu", value, unit: "%", reach: "< 5", runs, note: "of one core" }, floor),
    ];
  },
};

/** Of one core, in per cent, if the words came at {@link wordsASecond}. */
function shareOfCore(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const spentMs = (user + system) / 1_000;
  return (spentMs / ((wordCount / wordsASecond) * 1_000)) * 100;
}

/** Calls one after the other, from the beginning again, until enough words were told. */
function forEachCall(calls: readonly Utterance[][], hear: (tellings: readonly Utterance[]) => void): void {
  for (let told = 0, next = 0; told < wordCount; next = (next + 1) % calls.length) {
    const tellings = calls[next]?.slice(0, wordCount - told) ?? [];
    hear(tellings);
    told += tellings.length;
  }
}

/** Of each demo call, every telling of what was said in it: one a word. */
function demoTalk(): Utterance[][] {
  const folder = fileURLToPath(new URL("../../../resources/demo/calls", import.meta.url));
  return readdirSync(folder).map((name) => {
    const { turns } = DemoCall.parse(JSON.parse(readFileSync(join(folder, name, "call.json"), "utf8")));
    return turns.flatMap(({ words, ...turn }, at) => {
      const timing = words.flatMap(({ startMs, endMs }) => [startMs - turn.startMs, endMs - startMs]);
      return wordByWord({ ...turn, id: `turn-${at}` as RecordId, timing, revision: 0, final: true });
    });
  });
}

/** The shipped triggers, and phrases cut out of the calls until there are enough: words that are really said. */
function playbookOf500(said: readonly string[]): PlaybookRules {
  const cards = shippedPlaybooks.flatMap(({ key, rules }) =>
    rules.cards.map((card) => ({ ...card, key: `${key}-${card.key}` })),
  );
  const shipped = cards.reduce((sum, { triggers }) => sum + triggers.length, 0);
  const random = seededRandom(1);
  const made = Array.from({ length: triggerCount - shipped }, (_, at) =>
    cardOf(`made-${at}`, [phrases({ side: "either", phrases: cutPhrases(said, random) })]),
  );
  return playbookOf({ cards: [...cards, ...made] });
}

function cutPhrases(said: readonly string[], random: () => number): string[] {
  return Array.from({ length: phrasesEach }, () => {
    const words = (said[Math.floor(random() * said.length)] ?? "").split(" ");
    const from = Math.floor(random() * words.length);
    const cut = words
      .slice(from, from + 2 + Math.floor(random() * 3))
      .join(" ")
      .slice(0, 100)
      .trim();
    return cut === "" ? "hello" : cut;
  });
}

function phrasesOf(trigger: Trigger): string[] {
  return trigger.kind === "phrases" ? trigger.phrases : [];
}
