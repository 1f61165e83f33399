import type { ReactNode } from "react";

export interface Choice {
  value: string;
  label: string;
  /** Drawn before the label: a stage ring, an avatar, an icon. */
  mark?: ReactNode;
  /** After it, paler. */
  note?: string | undefined;
  disabled?: boolean;
}

/** Choices in which every typed word begins a word, accents and case aside. Those that begin with the text come first. */
export function filterChoices<C extends Pick<Choice, "label">>(
  choices: readonly C[],
  typed: string,
): readonly C[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return choices;
  const fitting = choices.filter(({ label }) =>
    words.every((word) => ` ${plain(label)}`.includes(` ${word}`)),
  );
  const whole = words.join(" ");
  return fitting.toSorted((a, b) => startsAt(a, whole) - startsAt(b, whole));
}

function startsAt({ label }: Pick<Choice, "label">, text: string): number {
  return plain(label).startsWith(text) ? 0 : 1;
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replaceAll(/[-_/,.()]+/gu, " ");
}
