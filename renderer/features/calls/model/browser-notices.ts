/** Whether this page may show notifications; `elsewhere`: the desktop program does, or nobody can. */
export function browserNotices(): NotificationPermission | "elsewhere" {
  return window.ringside || !("Notification" in window) ? "elsewhere" : Notification.permission;
}

/** To be called straight from a click: a browser asks the person after nothing else, and once. */
export function askForNotices(): void {
  if (browserNotices() === "default") void Notification.requestPermission();
}
