import type { HeadsetModel } from "./hid-headset.ts";

// Three ways in which headsets describe themselves; each is met in the field (WICG/webhid #61 and #72).

const telephony = 0x0b_0000;
const lamp = 0x08_0000;

type Item = Partial<HIDReportItem>;
const bits = (usages: number[], more: Item = {}): HIDReportItem => ({
  usages,
  reportSize: 1,
  reportCount: usages.length,
  logicalMinimum: 0,
  logicalMaximum: 1,
  isAbsolute: true,
  isArray: false,
  isConstant: false,
  isRange: false,
  ...more,
});
const padding = (reportCount: number): HIDReportItem => bits([], { reportCount, isConstant: true });

const collection = (inputReports: HIDReportInfo[], outputReports: HIDReportInfo[]): HIDCollectionInfo => ({
  usagePage: 0x0b,
  usage: 0x05,
  type: 1,
  children: [],
  inputReports,
  outputReports,
  featureReports: [],
});
/** Volume keys, which every headset has and which are none of our business. */
const volume: HIDCollectionInfo = {
  usagePage: 0x0c,
  usage: 0x01,
  type: 1,
  children: [],
  inputReports: [{ reportId: 1, items: [bits([0x0c_00e9, 0x0c_00ea]), padding(6)] }],
  outputReports: [],
  featureReports: [],
};

/** The hook is a switch and mute a button; it repeats whatever the desk sets. */
export const switchingHeadset: HeadsetModel = {
  productName: "Halden 65",
  collections: [
    volume,
    collection(
      [
        {
          reportId: 2,
          items: [
            bits([telephony | 0x20, telephony | 0x97]),
            bits([telephony | 0x2f], { isAbsolute: false }),
            bits([telephony | 0x21, telephony | 0x26]),
            padding(11),
          ],
        },
      ],
      [
        {
          reportId: 2,
          items: [bits([lamp | 0x17, lamp | 0x09, lamp | 0x18, lamp | 0x20, lamp | 0x21]), padding(11)],
        },
      ],
    ),
  ],
  sends: { reportId: 2, bits: { hook: 0x01, mute: 0x04, flash: 0x08, drop: 0x10 } },
  hook: "switch",
  mute: "button",
  takes: { offHook: [2, 0x01], mute: [2, 0x02], ring: [2, 0x04], hold: [2, 0x08] },
  echoes: true,
};

/** Every button is let go again, though it says of itself that it stays; each lamp has a report of its own. */
export const pushingHeadset: HeadsetModel = {
  productName: "Voyage 4310",
  collections: [
    collection(
      [
        { reportId: 8, items: [bits([telephony | 0x2f, telephony | 0x20]), padding(6)] },
        // Once more, and never sent.
        { reportId: 9, items: [bits([telephony | 0x20]), padding(7)] },
        {
          reportId: 8,
          items: [padding(2), bits([telephony | 0x26, telephony | 0x23]), padding(4)],
        },
      ],
      [
        { reportId: 0x17, items: [bits([lamp | 0x17]), padding(7)] },
        { reportId: 0x18, items: [bits([lamp | 0x18]), padding(7)] },
        { reportId: 0x09, items: [bits([lamp | 0x09]), padding(7)] },
        { reportId: 0x20, items: [bits([lamp | 0x20]), padding(7)] },
      ],
    ),
  ],
  sends: { reportId: 8, bits: { mute: 0x01, hook: 0x02, drop: 0x04, flash: 0x08 } },
  hook: "button",
  mute: "button",
  takes: { offHook: [0x17, 1], ring: [0x18, 1], mute: [0x09, 1], hold: [0x20, 1] },
  echoes: false,
};

/** Says by a number which button is down, and describes its lamps as a range. */
export const listingHeadset: HeadsetModel = {
  productName: "Trellis T1",
  collections: [
    collection(
      [
        {
          reportId: 0,
          items: [
            bits([telephony | 0x20, telephony | 0x2f, telephony | 0x21, telephony | 0x26], {
              isArray: true,
              isAbsolute: false,
              reportSize: 4,
              reportCount: 1,
              logicalMinimum: 1,
              logicalMaximum: 4,
            }),
            padding(4),
          ],
        },
      ],
      [
        {
          reportId: 0,
          items: [
            bits([], {
              isRange: true,
              usageMinimum: lamp | 0x17,
              usageMaximum: lamp | 0x18,
              reportCount: 2,
            }),
            bits([lamp | 0x09, lamp | 0x20]),
            padding(4),
          ],
        },
      ],
    ),
  ],
  sends: { reportId: 0, bits: { hook: 1, mute: 2, flash: 3, drop: 4 } },
  hook: "button",
  mute: "button",
  takes: { offHook: [0, 1], ring: [0, 2], mute: [0, 4], hold: [0, 8] },
  echoes: true,
};
