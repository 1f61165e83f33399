import { Modal } from "@mantine/core";
import { closePalette, useDesk } from "../shell/index.ts";
import { useCloseOnEscape } from "../../ui/floating/close-on-escape.ts";
import { ShortcutBarrier } from "../../ui/keys/shortcuts.tsx";
import { PaletteBody } from "./palette-body.tsx";
import styles from "./palette.module.css";

/** Everything by name: people on this device, what can be done with one of them, and every command. */
export function Palette() {
  const opened = useDesk((desk) => desk.paletteOpen);
  useCloseOnEscape(opened, closePalette);
  return (
    <Modal.Root
      opened={opened}
      onClose={closePalette}
      closeOnEscape={false}
      lockScroll={false}
      transitionProps={{ duration: 120 }}
      classNames={{ inner: styles["inner"] ?? "", content: styles["card"] ?? "" }}
    >
      <Modal.Overlay className={styles["scrim"] ?? ""} />
      <Modal.Content aria-label="Find or do anything" data-own-keys>
        {opened && <ShortcutBarrier />}
        <PaletteBody />
      </Modal.Content>
    </Modal.Root>
  );
}
