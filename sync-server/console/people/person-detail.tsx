import { useState } from "react";
import type { z } from "zod";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import { MultiSelect, Select } from "../../../renderer/ui/fields/select.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { dayName } from "../../../renderer/ui/format/times.ts";
import type { SessionInfo } from "../../../shared/sync/session-wire.ts";
import { EndedSessions, PasswordLink, People } from "../../admin/wire.ts";
import { useChange, useSend } from "../api/use-change.ts";
import { useEdited, type ReadFrom } from "../api/use-edited.ts";
import { LinkBox } from "../parts/link-box.tsx";
import { Deed, Detail, Facts, Section } from "../parts/page.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import { roleChoices } from "./invite-form.tsx";
import { changeOfTeams, teamNames, type Member, type NamedTeam } from "./people-model.ts";

type PersonProps = { person: Member; teams: readonly NamedTeam[]; session: SessionInfo };

/** One person: what they may do, and what helps when they cannot get in or must not any more. */
export function PersonDetail({ person: saved, teams, session }: PersonProps) {
  const edited = useEdited(`/people/${saved.userId}`, saved, touches, inPeople(saved.userId));
  const { shown: person } = edited;
  const isMe = person.userId === session.user.id;
  const mayChange = session.role === "admin" && person.role !== "operator";
  return (
    <Detail title={person.name} subtitle={person.email} closeTo={["people"]}>
      {mayChange ? (
        <>
          <RoleAndTeams edited={edited} teams={teams} isMe={isMe} />
          <Section title="Facts">
            <Facts facts={[...factsOf(person)]} />
          </Section>
          {person.active && <SignInDeeds person={person} />}
          {!isMe && <ActiveDeed edited={edited} />}
        </>
      ) : (
        <Facts
          facts={[
            ["Role", roleWords[person.role]],
            ["Teams", teamNames(person.teamIds, teams)],
            ...factsOf(person),
          ]}
        />
      )}
    </Detail>
  );
}

function factsOf({ active, joinedAt, hasSecondFactor }: Member) {
  return [
    ["State", active ? "Active" : "Deactivated"],
    ["Here since", dayName(new Date(joinedAt), new Date())],
    ["Second factor", hasSecondFactor ? "Set up" : "Not set up"],
  ] as const;
}

const touches = ["/people", "/teams", "/devices", "/sessions"];

type Edited = ReturnType<typeof useEdited<Member>>;

/** Somebody stands nowhere but among all the others. */
function inPeople(userId: string): ReadFrom<Member> {
  const pick = (answer: unknown) =>
    (answer as z.output<typeof People> | undefined)?.people.find((one) => one.userId === userId);
  return { path: "/people", pick };
}

function RoleAndTeams({
  edited: { shown, save, saveList },
  teams,
  isMe,
}: {
  edited: Edited;
  teams: readonly NamedTeam[];
  isMe: boolean;
}) {
  const { name, role, teamIds } = shown;
  return (
    <>
      <Select
        label="Role"
        value={role}
        choices={roleChoices}
        disabled={isMe}
        hint={isMe ? "Another admin can change your role." : undefined}
        onChange={(next) => {
          if (next === null || next === role) return;
          void save({ role: next as Member["role"] }, `${name} is ${nounOf(next)} now.`);
        }}
      />
      <MultiSelect
        label="Teams"
        value={teamIds}
        choices={teams.map((team) => ({ value: team.id, label: team.name }))}
        onChange={(next) =>
          void saveList(
            "teamIds",
            changeOfTeams(teamIds, next as typeof teamIds),
            (id) => id,
            `${name} is in ${teamNames(next, teams) || "no team"} now.`,
          )
        }
      />
    </>
  );
}

function nounOf(role: string): string {
  return role === "manager" ? "a manager" : `an ${role}`;
}

/** Nothing here can be taken back by a button; each says what the person does next. */
function SignInDeeds({ person: { userId, name, hasSecondFactor } }: { person: Member }) {
  const send = useSend();
  const change = useChange();
  const toast = useToast();
  const [link, setLink] = useState<z.output<typeof PasswordLink> | null>(null);
  const path = `/people/${userId}`;
  const signOut = async () => {
    const answer = await send({ method: "POST", path: `${path}/sign-out` }, EndedSessions, [
      "/sessions",
      "/devices",
    ]);
    if (!answer.ok)
      return toast({ text: `${answer.error.message} They are still signed in.`, trouble: true });
    toast({ text: `${countOf(answer.value.ended, "session")} of ${name} ended. They can sign in again.` });
  };
  const makeLink = async () => {
    const answer = await send({ method: "POST", path: `${path}/password-link` }, PasswordLink);
    if (answer.ok) setLink(answer.value);
    else toast({ text: `${answer.error.message} Their password stays as it is.`, trouble: true });
  };
  return (
    <Section title="Sign-in">
      <Deed says="Ends their sessions on every device. They sign in again; unsent edits stay there.">
        <Button size="small" onClick={() => void signOut()}>
          Sign out everywhere
        </Button>
      </Deed>
      <Deed says="A link with which they choose a new password. The old one works until then.">
        <Button size="small" onClick={() => void makeLink()}>
          Make a password link
        </Button>
      </Deed>
      {link && <LinkBox label={`Send this link to ${name}`} {...link} />}
      {hasSecondFactor && (
        <Deed says="For a lost phone: signs them out, and their password alone lets them in.">
          <Button
            size="small"
            onClick={() =>
              void change({
                request: { method: "POST", path: `${path}/reset-second-factor` },
                said: `${name} signs in with the password alone until they set up a second factor again.`,
                touches: ["/people", "/sessions", "/devices"],
              })
            }
          >
            Reset second factor
          </Button>
        </Deed>
      )}
    </Section>
  );
}

function ActiveDeed({ edited: { shown, save } }: { edited: Edited }) {
  const { name, active } = shown;
  const turn = () =>
    void save(
      { active: !active },
      active ? `${name} is signed out and cannot sign in.` : `${name} can sign in again.`,
    );
  return (
    <Section title={active ? "Leaving" : "Coming back"}>
      <Deed
        says={
          active
            ? "Signs them out and keeps them out. What they did and own stays."
            : "Lets them sign in with the role, teams and password they had."
        }
      >
        <Button size="small" onClick={turn}>
          {active ? "Deactivate" : "Bring back"}
        </Button>
      </Deed>
    </Section>
  );
}
