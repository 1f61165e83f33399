import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { MultiSelect } from "../../../renderer/ui/fields/select.tsx";
import type { Team as WireTeam } from "../../admin/wire.ts";
import { useChange } from "../api/use-change.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Deed, Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";

export type Team = z.output<typeof WireTeam>;
export type NamedPerson = { userId: string; name: string; active: boolean };

const touches = ["/teams", "/people"];

export function TeamEditor({ team, people }: { team: Team; people: readonly NamedPerson[] }) {
  const change = useChange();
  const { id, name, userIds } = team;
  const patch = (body: object) => ({ method: "PATCH" as const, path: `/teams/${id}`, body });
  const remove = async () => {
    const goOn = goOnFromHere();
    const done = await change({
      request: { method: "DELETE", path: `/teams/${id}` },
      undo: [{ method: "POST", path: "/teams", body: { name, userIds } }],
      said: `The team “${name}” is removed.`,
      touches,
    });
    if (done) goOn("teams");
  };
  return (
    <>
      <SavedText
        label="Name"
        neverEmpty
        value={name}
        onSave={(typed) =>
          void change({
            request: patch({ name: typed }),
            undo: [patch({ name })],
            said: `“${name}” is called “${typed}” now.`,
            touches,
          })
        }
      />
      <MultiSelect
        label="People"
        value={userIds}
        choices={choicesOf(people)}
        onChange={(next) =>
          void change({
            request: patch({ userIds: next }),
            undo: [patch({ userIds })],
            said: sayMembers(name, userIds, next, people),
            touches,
          })
        }
      />
      <Section title="No longer needed">
        <Deed says="Removing works while the team holds no leads. Its people stay.">
          <Button size="small" onClick={() => void remove()}>
            Remove the team
          </Button>
        </Deed>
      </Section>
    </>
  );
}

export function choicesOf(people: readonly NamedPerson[]) {
  return people.map(({ userId, name, active }) => ({
    value: userId,
    label: name,
    note: active ? undefined : "deactivated",
  }));
}

function sayMembers(
  team: string,
  before: readonly string[],
  after: readonly string[],
  people: readonly NamedPerson[],
): string {
  const nameOf = (userId: string | undefined) =>
    people.find((one) => one.userId === userId)?.name ?? "Somebody";
  const added = after.find((userId) => !before.includes(userId));
  if (added !== undefined) return `${nameOf(added)} is in ${team} and sees its records.`;
  return `${nameOf(before.find((userId) => !after.includes(userId)))} is not in ${team} any more.`;
}
