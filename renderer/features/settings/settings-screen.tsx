import { Suspense } from "react";
import {
  preferences,
  session,
  setPreferences,
  type Preferences,
} from "../../../shared/rpc/contract/session.ts";
import { useClient, useLive } from "../../client/index.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { roleWords } from "../../ui/format/role-words.ts";
import { Button } from "../../ui/controls/button.tsx";
import { PhoneSetup } from "../calls/index.ts";
import { SignOutButton } from "../session/index.ts";
import { TopBar } from "../shell/index.ts";
import { HotkeyFields } from "./hotkey-fields.tsx";
import styles from "./settings.module.css";

/** What one sets for oneself, on this device. */
export function SettingsScreen() {
  const client = useClient();
  const mine = useLive(preferences, {}).value;
  const set = (change: Partial<Preferences>) => void client.call(setPreferences, change);
  return (
    <>
      <TopBar crumbs={[{ label: "Settings" }]} />
      <div className={styles["page"]}>
        {mine && (
          <>
            <Row title="Theme" note="System follows your computer.">
              <Segmented
                label="Theme"
                value={mine.theme}
                onChange={(theme) => set({ theme })}
                segments={[
                  { value: "system", label: "System" },
                  { value: "light", label: "Light" },
                  { value: "dark", label: "Dark" },
                ]}
              />
            </Row>
            <Row title="Reminders" note="Notifications for tasks that have a time.">
              <ReminderField
                minutes={mine.remindMinutes}
                onChange={(remindMinutes) => set({ remindMinutes })}
              />
            </Row>
            <Row title="Coach" note="Talk share, checklist and hints while you talk.">
              <Segmented
                label="Coach"
                value={mine.overlay}
                onChange={(overlay) => set({ overlay })}
                segments={[
                  { value: "automatic", label: "Window on top" },
                  { value: "panel", label: "Panel only" },
                ]}
              />
            </Row>
            <Row title="Window on top" note="A glance is enough for the first; who reads along listens less.">
              <Segmented
                label="Window on top shows"
                value={mine.overlayShows}
                onChange={(overlayShows) => set({ overlayShows })}
                segments={[
                  { value: "glance", label: "What matters now" },
                  { value: "everything", label: "Also what is said" },
                ]}
              />
            </Row>
          </>
        )}
        <Row title="Phone" note="For calls on this computer.">
          <Suspense>
            <PhoneSetup />
          </Suspense>
        </Row>
        {mine && hasHotkeys && (
          <Row
            title="Keys everywhere"
            note="For calls, while another program has the keyboard. Press the keys you want; Backspace for none."
          >
            <HotkeyFields hotkeys={mine.hotkeys} onChange={(hotkeys) => set({ hotkeys })} />
          </Row>
        )}
        {opensTelephoneLinks && (
          <Row
            title="Telephone links"
            note="Of web pages and other programs. You are asked before anybody is called."
          >
            <div className={styles["links"]}>
              <span>
                <Button onClick={openTelephoneLinksHere}>Open tel: links here</Button>
              </span>
              <p>
                The browser remembers this address, {location.host}. Start Ringside with --port{" "}
                {location.port} to keep it.
              </p>
            </div>
          </Row>
        )}
        <About />
        <Row title="Sign out" note="What is not sent yet is shown first.">
          <SignOutButton />
        </Row>
      </div>
    </>
  );
}

const isInBrowser = location.protocol === "http:";
/** A browser has no keys but its own. */
const hasHotkeys = !isInBrowser;
/** Elsewhere than in a browser the program itself is who opens them. */
const opensTelephoneLinks = isInBrowser && "registerProtocolHandler" in navigator;

/** The browser asks the person. The address is the desk's own and holds as long as its port. */
function openTelephoneLinksHere(): void {
  navigator.registerProtocolHandler("tel", `${location.origin}/dial?link=%s`);
}

const reminderChoices = [0, 5, 10, 15, 30, 60, 1440];

function ReminderField({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const choices = [...new Set([...reminderChoices, minutes])].toSorted((a, b) => a - b);
  return (
    <Select
      label="Remind me"
      hideLabel
      compact
      value={String(minutes)}
      onChange={(value) => onChange(Number(value))}
      choices={choices.map((value) => ({ value: String(value), label: reminderWords(value) }))}
    />
  );
}

function reminderWords(minutes: number): string {
  if (minutes === 0) return "When it is due";
  if (minutes === 1440) return "A day before";
  return minutes === 60 ? "An hour before" : `${minutes} minutes before`;
}

function About() {
  const answer = useLive(session, {}).value;
  if (answer?.session.state !== "signed-in") return null;
  const { person, tenant } = answer.session;
  return (
    <Row title="You" note={`${roleWords[person.role]} of ${tenant.name}`}>
      <dl className={styles["facts"]}>
        <dt>Name</dt>
        <dd>{person.name}</dd>
        <dt>E-mail</dt>
        <dd>{person.email}</dd>
        <dt>Server</dt>
        <dd>{answer.serverUrl}</dd>
        <dt>Version</dt>
        <dd>{__APP_VERSION__}</dd>
      </dl>
    </Row>
  );
}

function Row({ title, note, children }: { title: string; note: string; children: React.ReactNode }) {
  return (
    <section className={styles["row"]}>
      <div>
        <h2>{title}</h2>
        <p>{note}</p>
      </div>
      <div>{children}</div>
    </section>
  );
}
