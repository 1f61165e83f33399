/** Collects the parameters of a statement; `add` answers with the placeholder. */
export type Parameters = { values: unknown[]; add(value: unknown): string };

export function createParameters(): Parameters {
  const values: unknown[] = [];
  return { values, add: (value) => `$${values.push(value)}` };
}
