/** What a minute needs to be named; less is a word or two. */
const named = 0.3;

/** Of a minute's unit, so that there is air between two. */
const barWidth = 0.7;

/**
 * Bars up from the middle where the customer was glad in a minute, and down where they were cross; each minute is one
 * unit wide.
 * @param mood -1 to 1 by minute
 */
export function moodBars(mood: readonly number[], height: number): string {
  const middle = height / 2;
  return mood
    .map((value, minute) =>
      value === 0
        ? ""
        : `M${round(minute + (1 - barWidth) / 2)} ${middle}v${round(-value * middle)}h${barWidth}V${middle}z`,
    )
    .join("");
}

/** The same for whoever hears it: "positive in minute 1; negative in minute 3, 4". */
export function spokenMoods(mood: readonly number[]): string {
  const minutesWhere = (isMeant: (value: number) => boolean) =>
    mood.flatMap((value, minute) => (isMeant(value) ? [`${minute + 1}`] : []));
  const parts = [
    ...namedAs("positive", minutesWhere((value) => value >= named)), // prettier-ignore
    ...namedAs("negative", minutesWhere((value) => value <= -named)), // prettier-ignore
  ];
  return parts.length === 0 ? "even" : parts.join("; ");
}

function namedAs(word: string, minutes: readonly string[]): string[] {
  if (minutes.length === 0) return [];
  return [`${word} in minute ${minutes.join(", ")}`];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
