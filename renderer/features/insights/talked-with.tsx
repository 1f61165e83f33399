/** Who had a call, and with whom. `leadName` empty or null = nobody knows that. */
export function TalkedWith({ who, leadName }: { who: string; leadName: string | null }) {
  return (
    <>
      <bdi>{who}</bdi>
      {leadName && (
        <>
          , with <bdi>{leadName}</bdi>
        </>
      )}
    </>
  );
}
