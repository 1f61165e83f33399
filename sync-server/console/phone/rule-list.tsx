import { useMemo } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { defaultWindows } from "../../../shared/calls/compliance/default-rules.ts";
import type { Where } from "../../../shared/calls/compliance/dial-rules.ts";
import { widerThanOurs } from "../../../shared/calls/compliance/own-hours.ts";
import { goTo } from "../frame/address.ts";
import { ListRow, RowHeading, RowList } from "../parts/row-list.tsx";
import { addressOfPlace, rulesPage } from "./hours-address.ts";
import { countryOfPlace, everyPlace, placeName } from "./place-names.ts";
import type { Rules } from "./rules-page.tsx";
import styles from "./hours.module.css";

/** The rules that hold everywhere, then every place with hours of its own: the tenant's first. */
export function RuleList({ rules, open }: { rules: Rules; open: Where | null }) {
  const own = rules.windows.map(({ where }) => where);
  const ours = defaultWindows.map(({ where }) => where).filter((where) => !own.includes(where));
  const others = useMemo(() => everyPlace().filter((where) => !isListed(where)), []);
  const row = (where: Where) => (
    <li key={where}>
      <ListRow
        to={addressOfPlace(where)}
        isOpen={where === open}
        note={widerThanOurs(where, rules.windows) ? "Wider" : countryOfPlace(where)}
      >
        {placeName(where)}
      </ListRow>
    </li>
  );
  return (
    <RowList>
      <ListRow to={rulesPage} isOpen={open === null}>
        Calls, recording and limits
      </ListRow>
      <div className={styles["other"]}>
        <Select
          label="Calling hours of"
          hideLabel
          compact
          placeholder="Calling hours of another place"
          value={open !== null && !isListed(open) && !own.includes(open) ? open : null}
          choices={others.map((where) => ({
            value: where,
            label: placeName(where),
            note: countryOfPlace(where),
          }))}
          onChange={(where) => where !== null && goTo(...addressOfPlace(where))}
        />
      </div>
      {own.length > 0 && (
        <>
          <RowHeading>Your calling hours</RowHeading>
          <ul>{own.toSorted(byName).map(row)}</ul>
        </>
      )}
      <RowHeading>Ringside’s calling hours</RowHeading>
      <ul>{ours.toSorted(byName).map(row)}</ul>
    </RowList>
  );
}

function isListed(where: Where): boolean {
  return defaultWindows.some((rule) => rule.where === where);
}

/** What holds everywhere else comes last. */
function byName(a: Where, b: Where): number {
  if (a === "*" || b === "*") return a === b ? 0 : a === "*" ? 1 : -1;
  return placeName(a).localeCompare(placeName(b));
}
