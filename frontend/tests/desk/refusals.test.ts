import { afterEach, describe, expect, it, vi } from "vitest";

const GERMAN = {
  "This coverage has ended. Set its status to live to publish again.": "Dieser Liveticker ist beendet.",
  "There is no time zone “%(name)s”. Use an IANA name.": "Die Zeitzone „%(name)s“ gibt es nicht.",
  "Version %(revision)s is there, you changed %(revision_)s (really).": "Da ist %(revision)s, geändert wurde %(revision_)s.",
};

/** The desk's words as they are after its shell has brought German. */
async function german() {
  vi.resetModules();
  globalThis.DATELINE_SPEECH = { tag: "de", words: {}, refusals: GERMAN };
  return (await import("../../desk/words.ts")).words.refusal;
}

afterEach(() => {
  globalThis.DATELINE_SPEECH = undefined;
});

describe("a refusal", () => {
  it("is said in the language of the desk", async () => {
    const refusal = await german();
    expect(refusal("This coverage has ended. Set its status to live to publish again.")).toBe("Dieser Liveticker ist beendet.");
  });

  it("keeps what was put in, as it is", async () => {
    const refusal = await german();
    expect(refusal("There is no time zone “$& (x)\nor”. Use an IANA name.")).toBe("Die Zeitzone „$& (x)\nor“ gibt es nicht.");
    expect(refusal("Version 3 is there, you changed 12 (really).")).toBe("Da ist 3, geändert wurde 12.");
  });

  it("stays as it was told where nobody has translated it", async () => {
    const refusal = await german();
    expect(refusal("Something new was refused.")).toBe("Something new was refused.");
  });

  it("says of a field what is wrong with it, not what a program calls it", async () => {
    const refusal = await german();
    expect(refusal("Expected `str` of length <= 300. Nothing was changed.")).toContain("longer than it may be (300)");
    expect(refusal("Expected `str` of length >= 1. Nothing was changed.")).toContain("is empty");
    expect(refusal("Expected small letters, such as `a-b`. Nothing was changed.")).toContain("small letters");
  });
});
