type PageHandler = (request: Request) => Response | Promise<Response>;
type PermissionAnswer = (allowed: boolean) => void;
interface PermissionDetails {
  requestingUrl: string;
  isMainFrame: boolean;
  mediaTypes?: string[];
}
type PermissionRequest = (
  contents: { getURL(): string },
  permission: string,
  answer: PermissionAnswer,
  details: PermissionDetails,
) => void;
type PermissionCheck = (
  contents: unknown,
  permission: string,
  origin: string,
  details: { mediaType?: string },
) => boolean;

interface HidChoice {
  deviceList: HidThing[];
  frame: { url: string } | null;
}
interface HidThing {
  deviceId: string;
  collections: { usagePage: number }[];
}
type DeviceDetails = { deviceType: string; origin: string; device: object };
type ChooseHid = (
  event: { preventDefault(): void },
  choice: HidChoice,
  choose: (deviceId?: string | null) => void,
) => void;

/** Electron's default session. Without handlers it allows everything, as the real one does. */
export function openSession() {
  const handlers = new Map<string, PageHandler>();
  const privileged = new Set<string>();
  let onRequest: PermissionRequest = (_contents, _permission, answer) => answer(true);
  let onCheck: PermissionCheck = () => true;
  let onDevice: (details: DeviceDetails) => boolean = () => true;
  let onHid: ChooseHid = (_event, { deviceList: [first] }, choose) => choose(first?.deviceId);

  return {
    /** Schemes that were declared in time. */
    privileged,
    protocol: {
      handle(scheme: string, handler: PageHandler) {
        if (handlers.has(scheme)) throw new Error("The scheme has been registered");
        handlers.set(scheme, handler);
      },
    },
    setPermissionRequestHandler: (handler: PermissionRequest) => void (onRequest = handler),
    setPermissionCheckHandler: (handler: PermissionCheck) => void (onCheck = handler),
    setDevicePermissionHandler: (handler: typeof onDevice) => void (onDevice = handler),
    on: (_: "select-hid-device", listener: ChooseHid) => void (onHid = listener),

    /** What a page gets when it asks. */
    askPermission(
      pageUrl: string,
      permission: string,
      details: Partial<PermissionDetails> = {},
    ): Promise<boolean> {
      const whole = { requestingUrl: pageUrl, isMainFrame: true, ...details };
      return new Promise((resolve) => onRequest({ getURL: () => pageUrl }, permission, resolve, whole));
    },
    checkPermission: (origin: string, permission: string, mediaType?: string) =>
      onCheck(null, permission, origin, mediaType === undefined ? {} : { mediaType }),
    checkDevice: (details: DeviceDetails) => onDevice(details),
    /** What a page gets that asks for a HID device while these are plugged in; empty = nothing. */
    chooseHid(pageUrl: string, deviceList: HidThing[]): Promise<string> {
      return new Promise((resolve) => {
        const choice = { deviceList, frame: { url: pageUrl } };
        onHid({ preventDefault() {} }, choice, (deviceId) => resolve(deviceId ?? ""));
      });
    },
    async load(url: string): Promise<Response> {
      if (url.startsWith("http://")) return fetch(url);
      const scheme = /^[^:]+/u.exec(url)?.[0] ?? "";
      const handler = handlers.get(scheme);
      if (!handler || !privileged.has(scheme)) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${url}`);
      return handler(new Request(url));
    },
  };
}
