import { expect, test } from "vitest";
import { fitColumns, gridTemplate, type Column } from "./columns.ts";

const column = (key: string, width: number, more: Partial<Column<never>> = {}): Column<never> => ({
  key,
  label: key,
  width,
  render: () => null,
  ...more,
});
const columns = [
  column("name", 150, { grow: 2 }),
  column("owner", 60, { dropOrder: 2 }),
  column("phone", 140, { dropOrder: 1 }),
];
const keys = (room: number) => fitColumns(columns, room).map(({ key }) => key);

test("a narrow window drops whole columns in their order, and no more than it must", () => {
  expect(keys(350)).toEqual(["name", "owner", "phone"]);
  expect(keys(349)).toEqual(["name", "owner"]);
  expect(keys(200)).toEqual(["name"]);
  expect(keys(10)).toEqual(["name"]);
});

test("columns that grow share the rest", () => {
  expect(gridTemplate(columns)).toBe("minmax(150px, 2fr) 60px 140px");
});
