import { afterEach, describe, expect, it, vi } from "vitest";

const GERMAN = {
  Save: "Speichern",
  ", ": ", ",
  "filed %(time)s": "abgegeben %(time)s",
  "%(num)s post waiting": { one: "%(num)s Meldung wartet", other: "%(num)s Meldungen warten" },
};

/** The desk's words as they are after its shell has brought this language. */
async function speaking(tag?: string, words: Record<string, string | Record<string, string>> = {}) {
  vi.resetModules();
  globalThis.DATELINE_SPEECH = tag ? { tag, words } : undefined;
  const speech = await import("../../desk/speech.ts");
  const times = await import("../../desk/times.ts");
  return { ...speech, ...times, ...(await import("../../desk/words.ts")) };
}

afterEach(() => {
  globalThis.DATELINE_SPEECH = undefined;
});

describe("the desk's words", () => {
  it("are English where nothing was brought", async () => {
    const { words, locale } = await speaking();
    expect(locale).toBe("en-GB");
    expect(words.save).toBe("Save");
    expect(words.queue.filed("14:03")).toBe("filed 14:03");
    expect([1, 2].map(words.link.waiting)).toEqual(["1 post waiting", "2 posts waiting"]);
    expect(words.compose.count(1, 1234)).toBe("1 word, 1,234 characters");
  });

  it("are those of the language that was brought, and English where one is missing", async () => {
    const { words } = await speaking("de", GERMAN);
    expect(words.save).toBe("Speichern");
    expect(words.queue.filed("14:03")).toBe("abgegeben 14:03");
    expect([1, 1200].map(words.link.waiting)).toEqual(["1 Meldung wartet", "1.200 Meldungen warten"]);
    expect(words.cancel).toBe("Cancel");
  });

  it("take what is put in as it is", async () => {
    const { words } = await speaking("de", GERMAN);
    expect(words.queue.filed("$& %(time)s")).toBe("abgegeben $& %(time)s");
  });

  it("say days in the language, with Western figures", async () => {
    const at = "2021-06-14T15:40:00Z";
    expect((await speaking("de")).dayAndClock(at, "Europe/Brussels")).toBe("14. Juni, 17:40");
    const arabic = (await speaking("ar")).dayAndClock(at, "Europe/Brussels");
    expect(arabic).toContain("يونيو");
    expect(arabic).toContain("17:40");
  });

  it("say why something came back; what the server says, as it says it", async () => {
    const { words } = await speaking("de", {
      "Somebody else has changed it. Both versions are here; choose, then send it again.": "Wählen Sie.",
    });
    const { CLASH } = await import("../../desk/model/merge.ts");
    expect(words.refusal(CLASH)).toBe("Wählen Sie.");
    expect(words.refusal("The credit is missing.")).toBe("The credit is missing.");
  });
});
