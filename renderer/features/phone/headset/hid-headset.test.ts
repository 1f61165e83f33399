import { describe, expect, test } from "vitest";
import {
  listingHeadset,
  pushingHeadset,
  switchingHeadset,
} from "../../../../testing/fakes/headset-models.ts";
import { headsetContract } from "../../../../testing/contracts/headset-contract.ts";
import { isHeadset, openHidHeadset } from "./hid-headset.ts";
import { findFields, isOn, reportBytes } from "./hid-reports.ts";
import { buttons } from "./hid-usages.ts";

for (const model of [switchingHeadset, pushingHeadset, listingHeadset]) {
  headsetContract(model, (device, time) => openHidHeadset(device, { clock: time, timers: time }));
}

describe("a device's description of its reports", () => {
  const { collections } = switchingHeadset;

  test("is read to the bit, past padding and past what others are about", () => {
    const fields = findFields(collections, "inputReports", Object.values(buttons));
    expect([...fields.values()].map(({ offset, reportId }) => [reportId, offset])).toEqual([
      [2, 0],
      [2, 2],
      [2, 3],
      [2, 4],
    ]);
    expect(reportBytes(collections, "outputReports", 2)).toBe(2);
  });

  test("a report that is shorter than described says that nothing is on", () => {
    for (const field of findFields(collections, "inputReports", Object.values(buttons)).values()) {
      expect(isOn(field, new DataView(new ArrayBuffer(0)))).toBe(false);
    }
  });

  test("a keyboard is no headset", () => {
    const keyboard = { usagePage: 0x01, inputReports: [{ reportId: 0, items: [] }] };
    expect(isHeadset({ collections: [keyboard as unknown as HIDCollectionInfo] })).toBe(false);
    expect(isHeadset({ collections })).toBe(true);
  });
});
