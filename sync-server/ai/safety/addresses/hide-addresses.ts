import { joiningAfter, joiningBefore } from "../../../../shared/text/scripts.ts";
import { findAddresses } from "./find-addresses.ts";

export type Placed = {
  /** Where somebody whom we know lives, as their record has it: hidden also where it has no number. */
  homes: readonly string[];
  /** Texts of what is on offer: an address that stands in one of them is known to everybody, and stays. */
  offered: readonly string[];
};

/** Hides postal addresses: those that findAddresses finds, and the homes of people whom we know. */
export function createAddressHider({ homes, offered }: Placed) {
  const known = homesPattern(homes);
  // Most texts hold no address, and a catalogue is long.
  let onOffer: string | null = null;
  const stays = (address: string) => {
    onOffer ??= ` ${offered.map(plain).join(" ; ")} `;
    return onOffer.includes(` ${plain(address)} `);
  };

  return (text: string, put: (found: string) => string): string => {
    const rest =
      known === null ? text : text.replaceAll(known, (found) => (stays(found) ? found : put(found)));
    let hidden = "";
    let at = 0;
    for (const { from, to } of findAddresses(rest, stays)) {
      hidden += rest.slice(at, from) + put(rest.slice(from, to));
      at = to;
    }
    return hidden + rest.slice(at);
  };
}

const shortest = 4;

const start = String.raw`(?<![[${joiningBefore}]_\[]|\p{N}[.,:\/\-]|[£$€#])`;
const end = String.raw`(?![[${joiningAfter}]_])`;

/** Longest first; however it is set, in one line or several. */
function homesPattern(homes: readonly string[]): RegExp | null {
  const words = homes.map((home) => home.split(/[\s,;]+/u).filter((word) => word !== ""));
  const wanted = words.filter((home) => home.join("").length >= shortest).toSorted((a, b) => b.join().length - a.join().length); // prettier-ignore
  if (wanted.length === 0) return null;
  const any = wanted.map((home) => home.map((word) => RegExp.escape(word)).join(String.raw`[\s,;]{1,4}`));
  return new RegExp(`${start}(?:${any.join("|")})${end}`, "giv");
}

/** Words and numbers alone, in small letters. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim(); // prettier-ignore
}
