import { describe, expect, it } from "vitest";
import { HOUSE, isScreen, parse } from "../../desk/addresses.ts";

describe("an address of the desk", () => {
  it("leads to the screens of the house, with or without a slash at its end", () => {
    for (const at of HOUSE) {
      expect(parse(`/desk/${at}`)).toEqual({ at });
      expect(parse(`/desk/${at}/`)).toEqual({ at });
      expect(isScreen(`/desk/${at}`)).toBe(true);
    }
    expect(parse("/desk")).toEqual({ at: "front" });
  });

  it("is the application's own, or the server's", () => {
    for (const path of ["/desk", "/desk/", "/desk/coverages/storm", "/desk/coverages/storm/queue"])
      expect(isScreen(path)).toBe(true);
    for (const path of ["/desk/sign-in", "/desk/account", "/desk/newer", "/live/storm", "/"])
      expect(isScreen(path)).toBe(false);
  });
});
