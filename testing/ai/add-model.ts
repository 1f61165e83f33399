import { inSystem, schema, type Database } from "../../sync-server/database/index.ts";

/** A model that somebody has set up, and an account for it. */
export function addModel(
  db: Database,
  of: { tenantId: string; id: string; userId?: string },
): Promise<unknown> {
  return inSystem(db, async (tx) => {
    const account = { ...of, kind: "compatible", label: "", baseUrl: "http://x" } as const;
    await tx.insert(schema.aiAccounts).values(account);
    const model = { label: "", wireName: "", role: "large", contextTokens: 1, maxOutputTokens: 1 } as const;
    await tx.insert(schema.aiModels).values({ ...of, accountId: of.id, ...model });
  });
}
