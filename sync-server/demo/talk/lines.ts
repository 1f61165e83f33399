/** What is said in one go or back and forth: `A …` by the agent, `C …` by the customer, with `{blanks}`. */
export type Piece = readonly string[];

/** Everything that calls of one kind are put together from. */
export type Lines = {
  /** By key of the playbook's items, in the order in which they come up. */
  items: Readonly<Record<string, { done: readonly Piece[]; skipped: readonly Piece[] }>>;
  /** What customers hold against it, and two ways of taking that. */
  objections: readonly { raised: string; answered: Piece; brushed: Piece }[];
  /** A question, and somebody who is let talk. */
  listening: readonly Piece[];
  /** The agent tells. */
  talking: readonly Piece[];
  /** By the call's disposition; `other` for those that are not named. */
  endings: Readonly<Record<string, readonly Piece[]>> & { other: readonly Piece[] };
};
