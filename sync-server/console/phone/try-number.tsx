import { Check, PhoneOff } from "lucide-react";
import { useState } from "react";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { dayOf, instantOfWall, wallTimeOf } from "../../../shared/time/zone.ts";
import { BusinessSettings, TriedNumber } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { parseClock } from "../business/clock.ts";
import { Form, useForm } from "../parts/form.tsx";
import { Trouble } from "../parts/page.tsx";
import styles from "./hours.module.css";

type Asked = { number: string; at: string };

/** Would a call be allowed? Judged by the rules as they stand, asked again whenever they change. */
export function TryNumber() {
  const zone = useAnswer("/business", BusinessSettings).value?.timeZone;
  return (
    <section className={styles["try"]} aria-label="Try a number">
      <h2>Try a number</h2>
      <p>Nobody is called: the rules are asked, the do-not-call list and earlier dials too.</p>
      {zone && <TryForm zone={zone} />}
    </section>
  );
}

function TryForm({ zone }: { zone: string }) {
  const [number, setNumber] = useState("");
  const [day, setDay] = useState<string | null>(() => dayOf(Date.now(), zone));
  const [clock, setClock] = useState<string | null>(() => clockOf(Date.now(), zone));
  const [asked, setAsked] = useState<Asked | null>(null);
  const form = useForm(() => {
    if (day === null || clock === null) return Promise.resolve("Say a day and a time.");
    setAsked({ number: number.trim(), at: instantOf(day, clock, zone) });
    return Promise.resolve(null);
  });
  return (
    <>
      <Form form={form} action="Try it" primary={false} ready={number.trim() !== ""}>
        <TextInput label="Number" placeholder="+1 305 555 0123" value={number} onChange={setNumber} />
        <div className={styles["when"]}>
          <DateField label="Day" value={day} onChange={setDay} />
          <ParsedField<string>
            label="Time"
            value={clock}
            show={(text) => text}
            parse={parseClock}
            notUnderstood="Try 9:30"
            onChange={setClock}
          />
        </div>
        <p className={styles["zone"]}>By your clock: {zone.replaceAll("_", " ")}.</p>
      </Form>
      {asked && <Verdict asked={asked} />}
    </>
  );
}

function Verdict({ asked: { number, at } }: { asked: Asked }) {
  const query = new URLSearchParams({ number, at }).toString();
  const { value, error, reload } = useAnswer(`/phone/rules/try?${query}`, TriedNumber);
  return (
    <div className={styles["verdict"]} role="status">
      <Trouble error={error} onRetry={reload} />
      {value && (
        <>
          <h3 data-allowed={value.allowed}>
            <Icon of={value.allowed ? Check : PhoneOff} /> {value.allowed ? "Allowed" : "Blocked"}
          </h3>
          {value.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
          {value.announce !== "" && <p>The recording is announced first ({value.announce}).</p>}
          {value.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {value.allowed && value.zones.length > 0 && <p>{sayThere(at, value.zones)}</p>}
        </>
      )}
    </div>
  );
}

/** "There it is 19:30 in Chicago, 20:30 in New York." */
function sayThere(at: string, zones: readonly string[]): string {
  const clocks = zones.map((zone) => `${clockOf(Date.parse(at), zone)} in ${cityOf(zone)}`);
  return `There it is ${clocks.join(", ")}.`;
}

function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

function clockOf(atMs: number, zone: string): string {
  const { hour, minute } = wallTimeOf(atMs, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function instantOf(day: string, clock: string, zone: string): string {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return new Date(instantOfWall({ year, month, day: date, hour, minute, second: 0 }, zone)).toISOString();
}
