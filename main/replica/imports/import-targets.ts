import type { ImportTarget } from "../../../shared/import/guess-mapping.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";

/** Lead fields that a column may fill: our own, in the tenant's words where it has some, and the tenant's. */
export function importTargets(settings: TenantSettings): ImportTarget[] {
  const stages = settings.stages("leads").filter(({ archived }) => !archived);
  const people = settings.people().filter(({ active }) => active);
  return [
    { path: "name", label: "Name", type: "text" },
    { path: "company", label: "Company", type: "text" },
    { path: "title", label: "Title", type: "text" },
    { path: "phone", label: "Phone", type: "phone" },
    { path: "phoneSecond", label: "Phone, second", type: "phone" },
    { path: "email", label: "E-mail", type: "email" },
    { path: "city", label: "City", type: "text" },
    {
      path: "stage",
      label: "Stage",
      type: "select",
      choices: stages.map(({ key, label }) => ({ key, names: [label, key] })),
    },
    { path: "score", label: "Score", type: "number" },
    { path: "source", label: "Source", type: "text" },
    {
      path: "ownerId",
      label: "Owner",
      type: "select",
      choices: people.map(({ userId, name, email }) => ({
        key: userId,
        names: [name, email, ...shortNames(name, email)],
      })),
    },
    { path: "tags", label: "Tags", type: "multi-select" },
    { path: "notes", label: "Notes", type: "text" },
    { path: "lastContactAt", label: "Last contact", type: "date" },
    { path: "doNotCall", label: "Do not call", type: "boolean" },
    ...[...settings.fields("leads").values()].map(({ key, label, type, options }): ImportTarget => ({
      path: `custom.${key}`,
      label,
      type,
      ...(type === "select" || type === "multi-select"
        ? { choices: options.map((option) => ({ key: option, names: [option] })) }
        : {}),
    })),
  ];
}

/** `aruiz` and `ana` for Ana Ruiz: how lists name colleagues. */
function shortNames(name: string, email: string): string[] {
  const [first = "", ...others] = name.split(/\s+/u);
  const last = others.at(-1) ?? "";
  return [email.split("@")[0] ?? "", `${first.charAt(0)}${last}`, first].filter((short) => short.length > 1);
}
