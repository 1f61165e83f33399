import type { TaskTraits, Turn } from "../port.ts";
import type { AiMessage } from "../provider-port.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { Given } from "../safety/check-words.ts";
import {
  hideIn,
  hidePersonalData,
  nobodyKnown,
  type Hiding,
  type Known,
} from "../safety/hide-personal-data.ts";
import { readPrompt } from "./prompts.ts";

type Askable<Input> = Pick<TaskTraits, "name" | "promptVersion" | "personalData"> & {
  dataOf(input: Input): unknown;
  knownIn?(input: Input): Known;
  withoutOthers?(input: Input): Input;
  turnsOf?(input: Input): readonly Turn[];
};

/** What is asked, whoever will be asked it. */
export type Composed = {
  messages: readonly AiMessage[];
  /** Everything that the model is told, with nothing hidden; but what is put before a task's own prompt. */
  given: Given;
  /** Puts back what was hidden. */
  restore: Hiding["restore"];
  /** How much that was; null = the task needs it. */
  hidden: number | null;
};

/** About 100,000 tokens: to look through more takes longer than this process may be kept from others. */
const mostCharacters = 400_000;

/**
 * Instructions and data never share a message, and data is JSON: nothing that somebody said can end it.
 * @returns null when there is more than is ever asked at once
 */
export async function composeQuestion<Input>(task: Askable<Input>, input: Input): Promise<Composed | null> {
  const data = task.dataOf(input);
  const turns = task.turnsOf?.(input) ?? [];
  const told = JSON.stringify([data, turns]);
  if (told.length > mostCharacters) return null;
  const hiding =
    task.personalData === "hidden" ? hidePersonalData(task.knownIn?.(input) ?? nobodyKnown) : nothingHidden;
  const shown = JSON.stringify({ data: hideIn(data, hiding.hide) });
  const said = turns.map(({ role, text }): AiMessage => ({ role, text: hiding.hide(text) }));
  const prompt = await readPrompt(task.name, task.promptVersion);
  return {
    messages: [
      { role: "system", text: hiding.count() === 0 ? prompt : `${prompt}\n\n${aboutPlaceholders}` },
      { role: "user", text: shown },
      ...said,
    ],
    given: { all: `${prompt} ${told}`, ours: `${prompt} ${oursIn(task, input) ?? told}` },
    restore: hiding.restore,
    hidden: task.personalData === "hidden" ? hiding.count() : null,
  };
}

/** @returns null where all of it is ours */
function oursIn<Input>({ dataOf, turnsOf, withoutOthers }: Askable<Input>, input: Input): string | null {
  const own = withoutOthers?.(input);
  return own === undefined ? null : JSON.stringify([dataOf(own), turnsOf?.(own) ?? []]);
}

/** As one model is told it: what an admin has it told before every task may be said, too. */
export function composedFor(
  { systemMessage }: Pick<ModelRoute, "systemMessage">,
  composed: Composed,
): Composed {
  if (systemMessage === "") return composed;
  const { all, ours } = composed.given;
  return { ...composed, given: { all: `${systemMessage} ${all}`, ours: `${systemMessage} ${ours}` } };
}

const aboutPlaceholders =
  "Texts like [[NAME_1]], [[EMAIL_2]], [[NUMBER_3]] or [[ADDRESS_4]] stand for somebody's name, e-mail address, number or " +
  "postal address, which you are not told. Use them as they are where you would write what they stand for, and make up none.";

const nothingHidden: Hiding = { hide: (text) => text, restore: (text) => text, count: () => 0 };

/** What a model went on about instead of answering costs as much as an answer. */
const longestShownBack = 8_000;

/** The same question after an answer that did not hold. */
export function withRepair(messages: readonly AiMessage[], answer: string, problem: string): AiMessage[] {
  const text = `This is not of the form that was asked for: ${problem} Answer again with the JSON object alone.`;
  const given = answer.slice(0, longestShownBack);
  return [...messages, { role: "assistant", text: given === "" ? "{}" : given }, { role: "user", text }];
}
