import { useState } from "react";
import { MultiSelect } from "../../../renderer/ui/fields/select.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import type { Members } from "../../../shared/calls/members.ts";
import { People, Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { NewSettingForm } from "../settings/setting-editor.tsx";
import type { KeyedSetting, SettingKind } from "../settings/use-setting.ts";

export function MemberFields({
  members,
  everybody,
  onChange,
}: {
  members: Members;
  /** What it means that nobody is chosen. */
  everybody: string;
  onChange: (next: Partial<Members>) => void;
}) {
  const people = useAnswer("/people", People).value?.people ?? [];
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  return (
    <>
      <MultiSelect
        label="People"
        value={members.userIds}
        choices={people
          .filter(({ active }) => active)
          .map(({ userId, name }) => ({ value: userId, label: name }))}
        placeholder={members.teamIds.length === 0 ? everybody : "Nobody else"}
        onChange={(userIds) => onChange({ userIds: userIds as Members["userIds"] })}
      />
      <MultiSelect
        label="Teams"
        value={members.teamIds}
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(teamIds) => onChange({ teamIds: teamIds as Members["teamIds"] })}
      />
    </>
  );
}

/** A new list of settings that people belong to. @param usual what it has until somebody changes it */
export function NewMembersForm({
  of,
  all,
  usual,
  everybody,
}: {
  of: SettingKind;
  all: readonly KeyedSetting[];
  usual: object;
  everybody: string;
}) {
  const [members, setMembers] = useState<Members>({ userIds: [], teamIds: [] });
  return (
    <NewSettingForm of={of} existing={all} body={{ ...usual, ...members }}>
      <MemberFields
        members={members}
        everybody={everybody}
        onChange={(next) => setMembers((was) => ({ ...was, ...next }))}
      />
    </NewSettingForm>
  );
}

/** "2 people, 1 team", or "Everybody". */
export function sayMembers({ userIds, teamIds }: Members): string {
  const parts = [
    userIds.length > 0 && countOf(userIds.length, "person", "people"),
    teamIds.length > 0 && countOf(teamIds.length, "team"),
  ].filter(Boolean);
  return parts.length === 0 ? "Everybody" : parts.join(", ");
}
