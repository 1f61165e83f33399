/** Lists show what the server reckoned, as a rule last night; null = the same as today, or near enough. */
export function staleWords(stored: number | null, today: number): string | null {
  if (stored === null || Math.abs(stored - today) <= 2) return null;
  return `Lists show ${stored}, reckoned earlier.`;
}
