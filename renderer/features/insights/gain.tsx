/** What came of doing something, in calls of 100; in brackets where it may be chance. */
export function Gain({ of: { gain, unsure } }: { of: { gain: number | null; unsure: boolean } }) {
  if (gain === null) return "–";
  const text = `${gain > 0 ? "+" : ""}${gain.toFixed(1)}`;
  if (!unsure) return text;
  return (
    <>
      {`(${text})`}
      <span className="visually-hidden">, too few to say</span>
    </>
  );
}
