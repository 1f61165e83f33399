import { EventEmitter } from "node:events";

const modifiers = "Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta";
const keys =
  "[A-Z0-9]|F(?:[1-9]|1[0-9]|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc";
/** As Electron documents them, of those that a keyboard of a hundred keys has. */
const isAccelerator = new RegExp(`^(?:(?:${modifiers})\\+)*(?:${keys})$`, "u");

/** Keys of the whole machine: `taken` are those that another program has. */
export function createShortcuts() {
  const pressed = new Map<string, () => void>();
  const taken = new Set<string>();
  return {
    taken,
    register(accelerator: string, onPress: () => void): boolean {
      if (!isAccelerator.test(accelerator)) throw new TypeError(`Error processing argument: ${accelerator}`);
      if (taken.has(accelerator)) return false;
      pressed.set(accelerator, onPress);
      return true;
    },
    unregisterAll: () => pressed.clear(),
    /** A person presses it; answers whether anybody took it. */
    press(accelerator: string): boolean {
      const onPress = pressed.get(accelerator);
      onPress?.();
      return onPress !== undefined;
    },
  };
}

type MenuItem = {
  label?: string;
  type?: string;
  checked?: boolean;
  click?: () => void;
  submenu?: MenuItem[];
};

export interface FakeTray extends EventEmitter {
  tip: string;
  menu: MenuItem[];
  destroyed: boolean;
}

export function defineTray(all: FakeTray[]) {
  return class extends EventEmitter implements FakeTray {
    tip = "";
    menu: MenuItem[] = [];
    destroyed = false;
    constructor() {
      super();
      all.push(this);
    }
    setToolTip(tip: string): void {
      this.tip = tip;
    }
    setContextMenu(menu: unknown): void {
      this.menu = menu as MenuItem[];
    }
    destroy(): void {
      this.destroyed = true;
    }
  };
}
