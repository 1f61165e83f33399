import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { Menu, MenuItem } from "../../../renderer/ui/floating/menu.tsx";
import { useThemeChoice } from "./theme.ts";

const themes = [
  { choice: "system", name: "As the system", icon: Monitor },
  { choice: "light", name: "Light", icon: Sun },
  { choice: "dark", name: "Dark", icon: Moon },
] as const;

export function ThemeButton() {
  const [chosen, choose] = useThemeChoice();
  const icon = themes.find(({ choice }) => choice === chosen)?.icon ?? Monitor;
  return (
    <Menu position="top-start" target={<IconButton size="small" icon={icon} label="Theme" />}>
      {themes.map((theme) => (
        <MenuItem
          key={theme.choice}
          icon={theme.icon}
          checked={theme.choice === chosen}
          onClick={() => choose(theme.choice)}
        >
          {theme.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
