import { TriangleAlert } from "lucide-react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { defaultWindows } from "../../../shared/calls/compliance/default-rules.ts";
import type { Where, WindowRule } from "../../../shared/calls/compliance/dial-rules.ts";
import { hoursAt, widerThanOurs, windowsInForce } from "../../../shared/calls/compliance/own-hours.ts";
import { isEmptyWeek, withoutWeek } from "../../../shared/calls/compliance/week.ts";
import { dayNames } from "../business/clock.ts";
import { Deed, Section } from "../parts/page.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { SheetTitle } from "../parts/sheet.tsx";
import { sayRanges, sayWeek } from "./hours-words.ts";
import { placeName } from "./place-names.ts";
import type { Rules, SaveRulesList } from "./rules-page.tsx";
import { TryNumber } from "./try-number.tsx";
import { WeekFields } from "./week-fields.tsx";
import styles from "./hours.module.css";

type Props = { where: Where; rules: Rules; save: SaveRulesList };

/** When people of one place may be dialled: Ringside's hours, until something about them is changed. */
export function HoursEditor({ where, rules, save }: Props) {
  const own = rules.windows.find((rule) => rule.where === where);
  const ours = hoursAt(where, defaultWindows);
  const shown = own ?? { ...ruleToBeginWith(where, rules), source: "your organisation’s own hours" };
  const beyond = withoutWeek(shown.days, ours.days);
  const name = placeName(where);
  const put = (next: Partial<WindowRule>, said: string) =>
    void save("windows", (all) => [...without(where, all), { ...shown, ...next }], placeOf, said);
  return (
    <div className={styles["page"]}>
      <div className={styles["editor"]}>
        <SheetTitle title={name} about={own ? "Your own hours." : sayOurs(where)} />
        <WeekFields
          days={shown.days}
          ours={ours.days}
          beyond={beyond}
          isOwn={own !== undefined || !isEmptyWeek(beyond)}
          onChange={(day, ranges) =>
            put({ days: shown.days.with(day, ranges) }, sayChange(name, day, sayRanges(ranges)))
          }
          onCopy={(days) => put({ days }, `Every weekday in ${name} is like Monday.`)}
        />
        <Wider where={where} rules={rules} />
        <CountryToo where={where} rules={rules} />
        <Section title="Besides">
          <Select
            label="On holidays"
            value={shown.onHolidays}
            choices={[
              { value: "closed", label: "Nobody is called" },
              { value: "open", label: "As on other days" },
            ]}
            onChange={(next) =>
              put(
                { onHolidays: next === "open" ? "open" : "closed" },
                next === "open" ? `${name} is called on holidays too.` : `${name} is not called on holidays.`,
              )
            }
          />
          {own && (
            <SavedText
              label="Where these hours come from"
              hint="Agents read it when a dial is blocked."
              neverEmpty
              value={own.source}
              onSave={(source) => put({ source }, "Agents read the new reason from now on.")}
            />
          )}
        </Section>
        {own && <BackToOurs where={where} save={save} />}
      </div>
      <TryNumber />
    </div>
  );
}

/** Ringside's own rule for the place, or whatever holds around it. */
function ruleToBeginWith(where: Where, rules: Rules): Omit<WindowRule, "source"> {
  const ours = defaultWindows.find((rule) => rule.where === where);
  const { days, onHolidays } = ours ?? hoursAt(where, windowsInForce(rules.windows));
  return { where, days, onHolidays };
}

function without(where: Where, windows: readonly WindowRule[]): WindowRule[] {
  return windows.filter((rule) => rule.where !== where);
}

function placeOf(rule: WindowRule): string {
  return rule.where;
}

function sayOurs(where: Where): string {
  const rule = defaultWindows.find((one) => one.where === where);
  if (rule) return `Ringside’s own hours, by ${rule.source}. Change a day to make them yours.`;
  const around = where.includes("-") ? "of its country" : "for everywhere else";
  return `This place has no hours of its own: those ${around} hold. Change a day to make some.`;
}

function sayChange(name: string, day: number, hours: string): string {
  const weekday = dayNames[day] ?? "";
  return hours === "" ? `Nobody in ${name} is called on a ${weekday}.` : `${name}, ${weekday}: ${hours}.`;
}

/** In words what the picture shows: hours that Ringside would not dial in. */
function Wider({ where, rules }: Omit<Props, "save">) {
  const wider = widerThanOurs(where, rules.windows);
  if (!wider) return null;
  const hours = [sayWeek(wider.days), wider.onHolidays && "holidays"].filter(Boolean).join(", and on ");
  return (
    <div className={styles["wider"]} role="note">
      <Icon of={TriangleAlert} />
      <p>
        <strong>Wider than Ringside’s hours: {hours}.</strong> Those follow {wider.sources.join(" and ")}.
        Ringside is a tool and gives no legal advice: make sure that you may call then.
      </p>
    </div>
  );
}

/** A state's hours hold together with those of the whole country. */
function CountryToo({ where, rules }: Omit<Props, "save">) {
  if (!where.includes("-")) return null;
  const country = hoursAt(where.slice(0, 2), windowsInForce(rules.windows));
  return (
    <p className={styles["too"]}>
      The whole country’s hours hold too: {sayWeek(country.days) || "nobody is called"}.
    </p>
  );
}

function BackToOurs({ where, save }: Omit<Props, "rules">) {
  const isKnown = defaultWindows.some((rule) => rule.where === where);
  return (
    <Section title="No longer needed">
      <Deed
        says={
          isKnown
            ? "Takes your hours away; Ringside’s hold again."
            : "Takes your hours away; what holds around this place holds here again."
        }
      >
        <Button
          size="small"
          onClick={() =>
            void save(
              "windows",
              (all) => without(where, all),
              placeOf,
              `Ringside’s hours hold in ${placeName(where)} again.`,
            )
          }
        >
          Use Ringside’s hours again
        </Button>
      </Deed>
    </Section>
  );
}
