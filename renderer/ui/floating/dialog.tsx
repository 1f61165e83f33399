import { Drawer as MantineDrawer, Modal } from "@mantine/core";
import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { IconButton } from "../controls/button.tsx";
import { ShortcutBarrier } from "../keys/shortcuts.tsx";
import { useCloseOnEscape } from "./close-on-escape.ts";
import styles from "./dialog.module.css";

export interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons, the primary last. */
  footer?: ReactNode;
  width?: 480 | 640;
}

/**
 * In the middle, for what must be finished or left. The first field takes the focus (`data-autofocus`). A press beside it
 * leaves it until something is typed there.
 */
export function Dialog({ opened, onClose, title, children, footer, width = 480 }: DialogProps) {
  const [isTyped, setTyped] = useState(false);
  if (isTyped && !opened) setTyped(false);
  useCloseOnEscape(opened, onClose);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      closeOnEscape={false}
      closeOnClickOutside={!isTyped}
      lockScroll={false}
      transitionProps={{ duration: 120 }}
      classNames={{
        inner: styles["inner"] ?? "",
        content: classNames(styles["content"], styles[`width-${width}`]),
      }}
    >
      <Modal.Overlay className={styles["overlay"] ?? ""} />
      <Modal.Content data-own-keys onInput={() => setTyped(true)}>
        <DialogContents parts={Modal} opened={opened} title={title} onClose={onClose} footer={footer}>
          {children}
        </DialogContents>
      </Modal.Content>
    </Modal.Root>
  );
}

/** At the right edge, the whole height: for what one reads beside the work. */
export function Drawer({ opened, onClose, title, children, footer }: Omit<DialogProps, "width">) {
  useCloseOnEscape(opened, onClose);
  return (
    <MantineDrawer.Root
      opened={opened}
      onClose={onClose}
      position="right"
      closeOnEscape={false}
      lockScroll={false}
      transitionProps={{ duration: 160 }}
      classNames={{
        inner: styles["drawer-inner"] ?? "",
        content: classNames(styles["content"], styles["drawer"]),
      }}
    >
      {/* While it fades out, clicks are for the screen again. */}
      <MantineDrawer.Overlay className={classNames(styles["overlay"], !opened && styles["going"])} />
      <MantineDrawer.Content data-own-keys>
        <DialogContents parts={MantineDrawer} opened={opened} title={title} onClose={onClose} footer={footer}>
          {children}
        </DialogContents>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  );
}

type DrawerParts = Pick<typeof MantineDrawer, "Header" | "Title" | "Body">;

/** @param parts of the dialog that it stands in: each finds only its own */
function DialogContents({
  parts,
  opened,
  title,
  onClose,
  children,
  footer,
}: Omit<DialogProps, "width"> & {
  parts: Pick<typeof Modal, "Header" | "Title" | "Body"> | DrawerParts;
}) {
  return (
    <>
      {/* While it fades out, keys are for the screen again. */}
      {opened && <ShortcutBarrier />}
      <parts.Header className={styles["header"] ?? ""}>
        <parts.Title className={styles["title"] ?? ""}>{title}</parts.Title>
        <IconButton icon={X} label="Close" keys="escape" onClick={onClose} />
      </parts.Header>
      <parts.Body className={styles["body"] ?? ""}>
        <div className={styles["scroll"]}>{children}</div>
        {footer && <div className={styles["footer"]}>{footer}</div>}
      </parts.Body>
    </>
  );
}
