export interface Toast {
  text: string;
  /** Takes back what the toast reports. */
  undo?: (() => void) | undefined;
  /** Trouble is read out at once and stays until it is closed. */
  trouble?: boolean;
  /** What can be done about it; a toast with actions stays until one is chosen or it is closed. */
  actions?: readonly { label: string; run: () => void }[];
}

/** Room for reminders; what is due is in its list as well. */
const mostAsking = 3;

/**
 * What stands there once `next` has come, top to bottom. A line takes the place of the last line; what asks for a
 * choice takes nobody's: a reminder must not take away an Undo, nor an edit a reminder.
 */
export function placeToast(shown: readonly Toast[], next: Toast): Toast[] {
  const asking = shown.filter((toast) => isAsking(toast) && toast.text !== next.text);
  if (!isAsking(next)) return [...asking, next];
  return [...asking.slice(1 - mostAsking), next, ...shown.filter((toast) => !isAsking(toast))];
}

function isAsking({ actions }: Toast): boolean {
  return actions !== undefined;
}
