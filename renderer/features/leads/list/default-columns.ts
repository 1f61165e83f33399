/** What a list shows where nobody has chosen: name, and what one decides by. */
export const defaultColumns: readonly string[] = [
  "name",
  "company",
  "stage",
  "score",
  "lastContactAt",
  "nextTask",
  "ownerId",
  "phone",
];
