import { Devices, Sessions } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { DeviceTable } from "../devices/device-table.tsx";
import { SessionTable } from "../devices/session-table.tsx";
import { revokeWords } from "../devices/device-words.ts";
import type { PageProps } from "../frame/pages.ts";
import { Column, Facts, Page, Section, Trouble } from "../parts/page.tsx";
import { roleWords } from "../../../renderer/ui/format/role-words.ts";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactor } from "./second-factor.tsx";
import styles from "./account.module.css";

/** What everybody sets for themselves: password, second factor, and where they are signed in. */
export function AccountPage({ session }: PageProps) {
  const devices = useAnswer("/devices", Devices);
  const sessions = useAnswer("/sessions", Sessions);
  const mine = <T extends { userId: string }>(all: readonly T[] | undefined) =>
    all?.filter(({ userId }) => userId === session.user.id);
  const myDevices = mine(devices.value?.devices);
  return (
    <Page crumbs={[{ label: "Your account" }]}>
      <Column kind="main" label="Where you are signed in">
        <Trouble error={devices.error ?? sessions.error} onRetry={sessions.reload} />
        <div className={styles["places"]}>
          <h2>Sessions</h2>
          <SessionTable
            sessions={mine(sessions.value?.sessions)}
            devices={myDevices ?? []}
            showsPerson={false}
          />
          <h2>Devices</h2>
          <p>{revokeWords}</p>
          <DeviceTable devices={myDevices} showsPerson={false} mayWipeThem={session.role === "admin"} />
        </div>
      </Column>
      <Column kind="side" label="You">
        <div className={styles["you"]}>
          <Section title={session.user.name}>
            <Facts
              facts={[
                ["E-mail", session.user.email],
                ["Role", `${roleWords[session.role]} of ${session.tenant.name}`],
              ]}
            />
          </Section>
          <SecondFactor session={session} />
          <PasswordForm />
        </div>
      </Column>
    </Page>
  );
}
