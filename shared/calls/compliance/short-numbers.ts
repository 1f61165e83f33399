// Numbers that no numbering plan lists as somebody's. Kept apart from those plans, which are large: desks ask this alone.

/** Numbers that reach police, fire brigade, ambulance or a crisis line somewhere; with a country before them too. */
export function isEmergencyNumber(text: string): boolean {
  const [, digits = ""] = /^(?:\+\d{1,3})?(\d{3})$/u.exec(withoutMarks(text)) ?? [];
  return emergencyNumbers.has(digits);
}

const emergencyNumbers = new Set(
  "000 100 101 102 103 104 106 108 110 111 112 113 114 115 117 118 119 120 122 123 132 133 144 155 158 190 191 192 193 194 197 199 911 933 988 995 997 998 999".split(
    " ",
  ),
);

/** A service of a carrier, or somebody inside of a company's own exchange. */
export function isShortNumber(text: string): boolean {
  return /^\d{2,6}$/u.test(withoutMarks(text));
}

/** Without what people write between digits to read them by. */
export function withoutMarks(text: string): string {
  return text.replaceAll(/[\s().-]/gu, "");
}
