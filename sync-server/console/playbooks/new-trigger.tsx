import { Plus } from "lucide-react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Menu, MenuItem } from "../../../renderer/ui/floating/menu.tsx";
import type { Trigger } from "../../../shared/entities/playbook.ts";

const time = { fromMs: null, untilMs: null };
const beginnings: readonly { name: string; trigger: Trigger }[] = [
  { name: "Phrases", trigger: { kind: "phrases", side: "customer", phrases: ["say what you listen for"], apart: 2, notNear: [], ...time } }, // prettier-ignore
  { name: "Quiet", trigger: { kind: "silence", overMs: 6_000, ...time } },
  { name: "A figure past its limit", trigger: { kind: "metric", metric: "talkShareOfSpeech", is: "over", value: 0.7, fromMs: 60_000, untilMs: null } }, // prettier-ignore
  { name: "A meaning", trigger: { kind: "meaning", side: "customer", examples: ["a sentence that means it"], likeness: 0.55, ...time } }, // prettier-ignore
  {
    name: "A regular expression",
    trigger: { kind: "pattern", side: "customer", pattern: "expression", ...time },
  },
];

/** Another way in which an item or a card is set off. */
export function NewTrigger({ onAdd }: { onAdd: (trigger: Trigger, said: string) => void }) {
  return (
    <div>
      <Menu
        target={
          <Button size="small" kind="quiet" icon={Plus}>
            Add a trigger
          </Button>
        }
      >
        {beginnings.map(({ name, trigger }) => (
          <MenuItem key={name} onClick={() => onAdd(trigger, "A trigger is added.")}>
            {name}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
