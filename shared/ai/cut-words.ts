/** What people are told of an answer that ends early, by why it does. */
export const cutWords = {
  length: "The answer was too long and ends early.",
  time: "The answer took too long and ends early.",
} as const;
