import type { CollectionName } from "../../../shared/entities/collections.ts";
import { giveWay } from "../live/slices.ts";
import type { Draft, Reads } from "../replica.ts";

type Update = Extract<Draft, { kind: "update" }>;

/** Whose a record is. */
const ownerFields: Readonly<Partial<Record<CollectionName, "ownerId" | "assigneeId">>> = {
  leads: "ownerId",
  deals: "ownerId",
  tasks: "assigneeId",
  appointments: "assigneeId",
  tickets: "assigneeId",
};

/** As many records are read at once. */
const batch = 250;

/**
 * What is given to somebody of another team goes to a team of theirs, unless the edit names one: otherwise the old team
 * would go on seeing it, and their manager would not. A team that they share with whoever had it comes first. What is
 * given to somebody of no team, or to nobody, stays where it is.
 */
export async function goWithOwner(reads: Reads, drafts: readonly Update[]): Promise<Update[]> {
  if (!drafts.some((draft) => newOwnerOf(draft) !== null)) return [...drafts];
  const teamsByPerson = await readTeams(reads);
  const teams = new Map<Update, string>();
  for (const [collection, given] of Map.groupBy(drafts, (draft) => draft.collection)) {
    for (let at = 0; at < given.length; at += batch) {
      const slice = given.slice(at, at + batch).filter((draft) => newOwnerOf(draft) !== null);
      const stand = await readStanding(reads, collection, slice);
      for (const draft of slice) {
        const team = newTeamOf(newOwnerOf(draft), stand.get(draft.id), teamsByPerson);
        if (team !== null) teams.set(draft, team);
      }
      await giveWay();
    }
  }
  return drafts.map((draft) => {
    const teamId = teams.get(draft);
    return teamId === undefined ? draft : { ...draft, set: { ...draft.set, teamId } };
  });
}

function newOwnerOf({ collection, set }: Update): string | null {
  const owner = set[ownerFields[collection] ?? ""];
  return typeof owner === "string" && !("teamId" in set) ? owner : null;
}

type Standing = { owner: string | null; team: string | null };
type TeamsByPerson = ReadonlyMap<string, readonly string[]>;

/** Null: it stays in its team. */
function newTeamOf(
  owner: string | null,
  stands: Standing | undefined,
  teamsByPerson: TeamsByPerson,
): string | null {
  const theirs = teamsByPerson.get(owner ?? "") ?? [];
  if (
    stands === undefined ||
    stands.owner === owner ||
    (stands.team !== null && theirs.includes(stands.team))
  )
    return null;
  const before = teamsByPerson.get(stands.owner ?? "") ?? [];
  return theirs.find((team) => before.includes(team)) ?? theirs[0] ?? null;
}

async function readStanding(
  reads: Reads,
  collection: CollectionName,
  drafts: readonly Update[],
): Promise<Map<string, Standing>> {
  if (drafts.length === 0) return new Map();
  const rows = await reads.sql<Standing & { id: string }>(
    `select id, doc->>$1 as owner, doc->>'teamId' as team from ${reads.table(collection)}
     where not deleted and id = any($2::text[])`,
    [ownerFields[collection], drafts.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, ...stands }) => [id, stands]));
}

async function readTeams(reads: Reads): Promise<TeamsByPerson> {
  const rows = await reads.sql<{ person: string; teams: string[] }>(
    `select doc->>'userId' as person, doc->'teamIds' as teams from ${reads.table("settings")}
     where not deleted and doc->>'kind' = 'person'`,
  );
  return new Map(rows.map(({ person, teams }) => [person, teams]));
}
