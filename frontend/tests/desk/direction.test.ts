import { expect, it } from "vitest";
import { directionOf } from "../../desk/direction.ts";

it("is that of the language's usual script, or of the one that its tag names", () => {
  const tags = ["ar", "he", "fa-IR", "ur", "az-IR", "uz-Arab", "dv", "yi"];
  expect(tags.map(directionOf)).toEqual(tags.map(() => "rtl"));
  expect(["en", "de-CH", "uz", "ar-Latn", "zh-Hant", "ja"].map(directionOf)).not.toContain("rtl");
});

it("is the usual one where the tag is none", () => {
  expect(["", "not a tag", "-"].map(directionOf)).toEqual(["ltr", "ltr", "ltr"]);
});
