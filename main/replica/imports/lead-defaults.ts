import { createHash } from "node:crypto";
import { customDefaults } from "../../../shared/entities/custom-fields.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Draft, Replica } from "../replica.ts";
import type { LeadDefaults } from "./import-rows.ts";

/** A lead about which nothing is known: mine, in the first stage, with the defaults of the tenant's fields. */
export function leadDefaults({ me }: Pick<Replica, "me">, settings: TenantSettings): LeadDefaults {
  const teams = new Map(
    settings.people().map(({ userId, teamIds }) => [userId as string, teamIds[0] ?? null]),
  );
  const first = settings.stages("leads").find(({ archived, outcome }) => !archived && outcome === "open");
  return {
    fields: {
      name: "",
      company: "",
      title: "",
      phone: "",
      phoneSecond: "",
      email: "",
      city: "",
      timeZone: "",
      stage: first?.key ?? "",
      score: null,
      source: "",
      ownerId: me.userId,
      teamId: null,
      tags: [],
      notes: "",
      lastContactAt: null,
      doNotCall: false,
      custom: customDefaults(settings.fields("leads").values()),
    },
    teamOf: (ownerId) => teams.get(ownerId) ?? (ownerId === me.userId ? (me.teamIds[0] ?? null) : null),
  };
}

/** Keeps where the columns went, for the next file with the same headers. */
export function mappingDraft(
  userId: string,
  fileName: string,
  headers: readonly string[],
  fields: Readonly<Record<string, string | null>>,
): Draft {
  const digest = createHash("sha256")
    .update(`${userId}\n${headers.join("\n")}`)
    .digest("hex")
    .slice(0, 32);
  return {
    kind: "create",
    collection: "settings",
    id: `import-mapping:${digest}`,
    fields: {
      kind: "import-mapping",
      order: 0,
      name: fileName.slice(0, 500),
      ownerId: userId,
      headers: [...headers].slice(0, 500),
      fields,
    },
  };
}
