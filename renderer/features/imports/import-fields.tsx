import {
  AtSign,
  Building2,
  Calendar,
  CircleDollarSign,
  CircleUser,
  Hash,
  Link2,
  List,
  Mail,
  MapPin,
  NotebookText,
  Phone,
  PhoneOff,
  Tag,
  Target,
  ToggleLeft,
  Type,
  User,
} from "lucide-react";
import type { FieldType } from "../../../shared/entities/setting.ts";
import type { Directory } from "../../client/index.ts";
import { Icon, type IconType } from "../../ui/display/icon.tsx";
import type { Choice } from "../../ui/fields/choices.ts";

/** What of a lead a file can bring, in the order of a form. */
const own: readonly [string, IconType][] = [
  ["name", User],
  ["company", Building2],
  ["title", Type],
  ["phone", Phone],
  ["phoneSecond", Phone],
  ["email", Mail],
  ["city", MapPin],
  ["stage", Target],
  ["score", Hash],
  ["ownerId", CircleUser],
  ["source", Tag],
  ["tags", Tag],
  ["notes", NotebookText],
  ["lastContactAt", Calendar],
  ["doNotCall", PhoneOff],
];

const iconsByType: Record<FieldType, IconType> = {
  text: Type,
  number: Hash,
  money: CircleDollarSign,
  date: Calendar,
  select: List,
  "multi-select": List,
  boolean: ToggleLeft,
  phone: Phone,
  email: AtSign,
  url: Link2,
};

/** The fields of a lead to choose from, the tenant's own last. */
export function fieldChoices(directory: Directory): Choice[] {
  const standard = own.map(([path, icon]): Choice => ({
    value: path,
    label: directory.fieldLabel("leads", path),
    mark: <Icon of={icon} />,
  }));
  const custom = directory.customFields("leads").map(({ key, label, type }): Choice => ({
    value: `custom.${key}`,
    label,
    mark: <Icon of={iconsByType[type]} />,
  }));
  return [...standard, ...custom];
}
