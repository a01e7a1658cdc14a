import { expect, test } from "vitest";
import { moment } from "../reader/since.ts";

const NOW = new Date(2021, 5, 14, 17, 40);

test("a visit of today has its time", () => {
  expect(moment(new Date(2021, 5, 14, 9, 5), NOW, "en-GB")).toBe("09:05");
});

test("an earlier one its day as well, in the page's language", () => {
  expect(moment(new Date(2021, 5, 12, 14, 5), NOW, "en-GB")).toMatch(/^12 June(,| at) 14:05$/);
  expect(moment(new Date(2021, 5, 12, 14, 5), NOW, "de")).toMatch(/^12\. Juni/);
});
