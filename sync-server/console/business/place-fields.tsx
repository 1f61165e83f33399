import { getCountries, getCountryCallingCode } from "libphonenumber-js/min";
import { useMemo } from "react";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { Section } from "../parts/page.tsx";
import type { Business, SaveBusiness } from "./business-page.tsx";
import styles from "./business.module.css";

/** Where the business is: decides times, numbers without a prefix, and money. */
export function PlaceFields({ business, save }: { business: Business; save: SaveBusiness }) {
  const choices = useMemo(() => placeChoices(), []);
  const { timeZone, country, currency } = business;
  const pick = (field: "timeZone" | "country" | "currency", value: string | null, said: string) => {
    if (value !== null && value !== business[field]) void save({ [field]: value }, said);
  };
  return (
    <Section title="Place">
      <div className={styles["triple"]}>
        <Select
          label="Time zone"
          value={timeZone}
          choices={choices.zones}
          onChange={(value) => pick("timeZone", value, `Hours and days are those of ${value} now.`)}
        />
        <Select
          label="Country"
          hint="Of numbers without a prefix."
          value={country}
          choices={choices.countries}
          onChange={(value) => pick("country", value, "Numbers without a prefix are read anew from now on.")}
        />
        <Select
          label="Currency"
          hint="No sum is converted."
          value={currency}
          choices={choices.currencies}
          onChange={(value) => pick("currency", value, `Sums are shown in ${value} now.`)}
        />
      </div>
    </Section>
  );
}

function placeChoices() {
  const regions = new Intl.DisplayNames("en", { type: "region" });
  const money = new Intl.DisplayNames("en", { type: "currency" });
  const countries = getCountries().map((value) => ({
    value: value as string,
    label: regions.of(value) ?? value,
    note: `+${getCountryCallingCode(value)}`,
  }));
  const currencies = Intl.supportedValuesOf("currency").map((value) => ({
    value,
    label: `${value} ${money.of(value) ?? ""}`.trim(),
  }));
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((value) => ({ value, label: value }));
  return { countries: countries.toSorted((a, b) => a.label.localeCompare(b.label)), currencies, zones };
}
