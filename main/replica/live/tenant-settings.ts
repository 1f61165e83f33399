import { usualSecondPerson, type SecondPerson } from "../../../shared/assistant/letters/approval.ts";
import type {
  BreakReason,
  Business,
  CustomField,
  Disposition,
  ImportMapping,
  Person,
  PhoneRules,
  Playbook,
  Queue,
  Scorecard,
  Setting,
  SettingKind,
  SettingOf,
  Stage,
  Team,
} from "../../../shared/entities/setting.ts";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { recordSql } from "./read-records.ts";
import type { RecordsChanged, Reads } from "../replica.ts";

/** What explains the records, at hand: a few hundred settings, kept in memory and up to date. */
export type TenantSettings = {
  /** Resolves when the settings have been read once. */
  ready: Promise<void>;
  people(): Person[];
  /** In the order of the pipeline, archived ones included. */
  stages(pipeline: Stage["pipeline"]): Stage[];
  /** By key, archived ones left out. */
  fields(collection: CustomField["collection"]): Map<string, CustomField>;
  mappings(): ImportMapping[];
  /** Archived ones included: calls name them. */
  queues(): Queue[];
  /** Every version, drafts and retired ones too. */
  playbooks(): Playbook[];
  /** Archived ones left out. */
  scorecards(): Scorecard[];
  /** How calls end, in the tenant's order; archived ones included: calls name them. */
  dispositions(): Disposition[];
  /** In the tenant's order; archived ones left out. */
  breakReasons(): BreakReason[];
  teams(): Team[];
  /** Who converts; null = the server has learned nothing yet. */
  conversion(): ConversionModel | null;
  /** Who writes calls down. */
  transcription(): PhoneRules["transcription"];
  /** Which letters need somebody else's approval. */
  secondPerson(): SecondPerson;
  business(): Pick<Business, "timeZone" | "country" | "currency"> & { terms: Partial<Business["terms"]> };
  /** Called with the kinds that changed. */
  onChange(listener: (kinds: ReadonlySet<SettingKind>) => void): () => void;
  close(): void;
};

const noBusiness = { timeZone: "UTC", country: "US", currency: "USD", terms: {} } as const;

export function openTenantSettings(reads: Reads): TenantSettings {
  const byId = new Map<string, Setting>();
  const touched = new Set<string>();
  const listeners = new Set<(kinds: ReadonlySet<SettingKind>) => void>();
  const stop = reads.onChange((change) => {
    const kinds = take(byId, touched, change);
    if (kinds.size > 0) for (const listener of listeners) listener(kinds);
  });
  const ofKind = <K extends SettingKind>(kind: K): SettingOf<K>[] =>
    [...byId.values()]
      .filter((setting): setting is SettingOf<K> => setting.kind === kind)
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

  return {
    ready: load(reads, byId, touched),
    people: () => ofKind("person"),
    stages: (pipeline) => ofKind("stage").filter((stage) => stage.pipeline === pipeline),
    fields: (collection) =>
      new Map(
        ofKind("field")
          .filter((field) => field.collection === collection && !field.archived)
          .map((field) => [field.key, field]),
      ),
    mappings: () => ofKind("import-mapping"),
    queues: () => ofKind("queue"),
    playbooks: () => ofKind("playbook"),
    conversion: () => ofKind("conversion")[0]?.model ?? null,
    scorecards: () => ofKind("scorecard").filter(({ archived }) => !archived),
    dispositions: () => ofKind("disposition"),
    breakReasons: () => ofKind("break-reason").filter(({ archived }) => !archived),
    teams: () => ofKind("team"),
    transcription: () => ofKind("phone-rules")[0]?.transcription ?? "carrier",
    secondPerson: () => ofKind("letter-rules")[0]?.secondPerson ?? usualSecondPerson,
    business: () => ofKind("business")[0] ?? noBusiness,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: stop,
  };
}

async function load(reads: Reads, byId: Map<string, Setting>, touched: Set<string>): Promise<void> {
  const rows = await reads.sql<{ doc: Setting }>(
    `select ${recordSql} as doc from ${reads.table("settings")} where not deleted`,
  );
  // What changed while this was read is newer than what was read.
  for (const { doc } of rows) if (!touched.has(doc.id)) byId.set(doc.id, doc);
}

function take(
  byId: Map<string, Setting>,
  touched: Set<string>,
  { collection, records }: RecordsChanged,
): Set<SettingKind> {
  const kinds = new Set<SettingKind>();
  if (collection !== "settings") return kinds;
  for (const { id, before, after } of records) {
    touched.add(id);
    const setting = after as Setting | null;
    if (setting) byId.set(id, setting);
    else byId.delete(id);
    for (const side of [setting, before as Setting | null]) if (side) kinds.add(side.kind);
  }
  return kinds;
}
