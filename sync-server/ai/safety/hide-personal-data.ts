import { createAddressHider, type Placed } from "./addresses/hide-addresses.ts";
import { createNameHider, type Named } from "./names/hide-names.ts";
import { plainDigits } from "../../../shared/text/plain-digits.ts";
import { joiningAfter, joiningNumber } from "../../../shared/text/scripts.ts";

/** Whom we know to be in a text, and what is said of places. */
export type Known = Named & Placed;

export const nobodyKnown: Known = { people: [], companies: [], homes: [], offered: [] };

/**
 * Takes names, addresses and numbers out of what leaves the server and puts them back into what returns. The same text
 * has the same placeholder throughout one question, so that a model can tell who is who.
 */
export type Hiding = {
  hide(text: string): string;
  restore(text: string): string;
  /** How many different texts were hidden so far. */
  count(): number;
};

type Kind = "NAME" | "EMAIL" | "NUMBER" | "ADDRESS";

/** Bounded everywhere: what is searched is other people's text. */
const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.\p{L}{2,24}/gu;
/** ISO 13616: two letters, two digits, up to 30 letters and digits, often in groups of four. */
const iban = /(?<![\p{L}\p{N}])\p{Lu}{2}\d{2}(?: ?[\dA-Z]){11,30}(?![\p{L}\p{N}])/gu;
/** Telephones, cards, accounts and identity numbers as people write them, in digits of any script; a date is none. */
const number = new RegExp(
  String.raw`(?<![[${joiningNumber}].\-])[+＋]?[\(（]?\p{Nd}[\p{Nd}\p{Zs}\(\)（）.\-‐‑‒–－\/]{5,28}\p{Nd}(?![${joiningAfter}])`,
  "gv",
);
const date = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?=\D|$)/u;
const fewestDigits = 7;
const placeholder = /\[\[(NAME|EMAIL|NUMBER|ADDRESS)_(\d{1,5})\]\]/gu;

/**
 * Who is hidden in a text, and how: names/hide-names.ts; where they live: addresses/hide-addresses.ts. A postal address
 * comes back to the letter, an e-mail address or a number as it stood first, and a name as its record spells it: whoever
 * wrote "mia" or "mueller" is not greeted so. What is hidden is looked through again without anything being found.
 */
export function hidePersonalData(known: Known): Hiding {
  return prepareHiding(known)();
}

/**
 * The same for many texts that have nothing to do with each other: each hiding begins to count anew.
 * To look for names takes a millisecond or two to prepare.
 */
export function prepareHiding(known: Known): () => Hiding {
  const hideNames = createNameHider(known);
  const hideAddresses = createAddressHider(known);
  return () => startHiding(hideNames, hideAddresses);
}

function startHiding(
  hideNames: ReturnType<typeof createNameHider>,
  hideAddresses: ReturnType<typeof createAddressHider>,
): Hiding {
  const placeholders = new Map<string, string>();
  const texts = new Map<string, string>();

  function placeholderOf(kind: Kind, text: string, key = text.toLowerCase()): string {
    const hidden = `${kind} ${key}`;
    const made = placeholders.get(hidden) ?? `[[${kind}_${placeholders.size + 1}]]`;
    placeholders.set(hidden, made);
    if (!texts.has(made)) texts.set(made, text);
    return made;
  }

  /** A record that was typed in capitals or without any does not say how the name is spelled. */
  function putName(found: string, spelled: string): string {
    const saysHow = spelled !== spelled.toLowerCase() && spelled !== spelled.toUpperCase();
    return placeholderOf("NAME", saysHow ? spelled : found, spelled.toLowerCase());
  }

  /** A number may follow a date. */
  function hideNumbers(text: string): string {
    return text.replaceAll(number, (found) => {
      const plain = plainDigits(found);
      const day = plain.length === found.length ? (date.exec(plain)?.[0].length ?? 0) : 0;
      if (day > 0) return found.slice(0, day) + hideNumbers(found.slice(day));
      return plain.replaceAll(/\D/gu, "").length >= fewestDigits ? placeholderOf("NUMBER", found) : found;
    });
  }

  return {
    hide(text) {
      // What looks like a placeholder of ours was typed by somebody, and stays theirs.
      let hidden = text.replaceAll(/\[(?=\[)/gu, "[ ");
      hidden = hidden.replaceAll(email, (found) => placeholderOf("EMAIL", found));
      hidden = hidden.replaceAll(iban, (found) => placeholderOf("NUMBER", found));
      // Before names and numbers, which streets are called by and houses have.
      hidden = hideAddresses(hidden, (found) => placeholderOf("ADDRESS", found, found));
      hidden = hideNames(hidden, putName);
      return hideNumbers(hidden);
    },
    restore: (text) => text.replaceAll(placeholder, (found) => texts.get(found) ?? found),
    count: () => placeholders.size,
  };
}

/** Texts at any depth, and numbers that say who somebody is; keys stay. */
export function hideIn(data: unknown, hide: Hiding["hide"]): unknown {
  return mapLeaves(data, (leaf) => {
    if (typeof leaf === "string") return hide(leaf);
    if (!isIdentity(leaf)) return leaf;
    const hidden = hide(String(leaf));
    return hidden === String(leaf) ? leaf : hidden;
  });
}

/** Accounts, telephones and the like that a field keeps as a number. Of so many digits a price or a budget is round. */
function isIdentity(leaf: unknown): leaf is number {
  return Number.isSafeInteger(leaf) && Math.abs(leaf as number) >= 1e8 && (leaf as number) % 1_000 !== 0;
}

/** Strings at any depth; keys stay. */
export function mapStrings(value: unknown, change: (text: string) => string): unknown {
  return mapLeaves(value, (leaf) => (typeof leaf === "string" ? change(leaf) : leaf));
}

function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapLeaves(each, change));
  if (value === null || typeof value !== "object") return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapLeaves(each, change)]));
}

/** Whether a placeholder is left that stands for nothing: a model made it up. */
export function hasPlaceholder(text: string): boolean {
  return text.search(placeholder) !== -1;
}
