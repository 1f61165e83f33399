import { join } from "node:path";
import { systemClock } from "../../shared/result/ports.ts";
import { inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { demoTenant } from "../../sync-server/demo/index.ts";
import { createSealer } from "../../sync-server/seal.ts";
import { readSecret } from "../../sync-server/secret.ts";
import { openAccounts } from "../../sync-server/telephony/accounts.ts";

const hex = "0123456789abcdef0123456789abcdef";
export const testAccountId = "account-1";
export const testAccountSid = `AC${hex}`;
export const testAuthToken = "the token that signs webhooks";
export const testNumber = "+13125550100";

/** Gives the demo tenant of a server's folder a line whose secrets a test knows. */
export async function addTestAccount(db: Database, dataDir: string): Promise<void> {
  const sealer = createSealer(await readSecret({ secret: null, dataDir: join(dataDir, "server") }));
  const accounts = openAccounts({ db, clock: systemClock, sealer, carriers: {}, serverUrl: () => "" });
  const tenantId = demoTenant.id;
  await inTenant(db, { tenantId }, async (tx) => {
    await accounts.records.create(tx, {
      // Real Twilio would be asked about these calls.
      ...{ tenantId, id: testAccountId, provider: "simulator", label: "" },
      config: { accountSid: testAccountSid, apiKeySid: `SK${hex}`, applicationSid: `AP${hex}`, edge: null },
      credentials: { authToken: testAuthToken, apiKeySecret: "another secret of the account" },
    });
    await tx
      .insert(schema.telephonyNumbers)
      .values({ tenantId, accountId: testAccountId, number: testNumber });
  });
}
