/** Exactly the condition of the index that open-database.ts makes on each collection's table. */
export const hasKept = "doc->'kept' <> '[]'::jsonb";
