import { expect, test } from "vitest";
import { Speech } from "../reader/speech.ts";

const ARABIC = {
  Ended: "انتهت",
  "%(num)s new update": {
    zero: "لا تحديثات",
    one: "تحديث واحد",
    two: "تحديثان",
    few: "%(num)s تحديثات",
    many: "%(num)s تحديثًا",
    other: "%(num)s تحديث",
  },
};
const counted = (speech: Speech) => (count: number) =>
  speech.counted(count, "%(num)s new update", "%(num)s new updates");

test("English needs no table", () => {
  const speech = new Speech("en");
  expect(speech.say("Ended")).toBe("Ended");
  expect([0, 1, 2, 1234].map(counted(speech))).toEqual([
    "0 new updates",
    "1 new update",
    "2 new updates",
    "1,234 new updates",
  ]);
});

test("all six forms of Arabic are chosen by the browser's own rules", () => {
  expect([0, 1, 2, 3, 11, 100].map(counted(new Speech("ar", ARABIC)))).toEqual([
    "لا تحديثات",
    "تحديث واحد",
    "تحديثان",
    "3 تحديثات",
    "11 تحديثًا",
    "100 تحديث",
  ]);
});

test("what a table lacks is said in English, and a missing form in the one for the rest", () => {
  const speech = new Speech("es", { "%(num)s new update": { one: "1", other: "%(num)s más" } });
  expect(speech.say("Ended")).toBe("Ended");
  expect(counted(speech)(1_000_000)).toBe("1.000.000 más");
});

test("times and figures are written as the server writes them", () => {
  const at = new Date("2021-06-14T15:40:00Z");
  const time = (tag: string) =>
    at.toLocaleTimeString(new Speech(tag).locale, { timeZone: "Europe/Brussels", timeStyle: "short" });
  expect(time("en")).toBe("17:40");
  expect(time("de")).toBe("17:40");
  expect(time("ar")).toBe("5:40 م");
  expect(new Speech("ar").ago(20, "second", "long")).toBe("قبل 20 ثانية");
  expect(new Speech("en").ago(4, "minute", "short")).toBe("4 min ago");
});

test("what is counted elsewhere is said of one", () => {
  const speech = new Speech("de", { Source: { one: "Quelle", other: "Quellen" } });
  expect(speech.say("Source")).toBe("Quelle");
});
