import { describe, expect, it } from "vitest";
import { cornered, CORNERS, cutOut, fitted, moved, pointAt, shaped, WHOLE, type Box } from "../../desk/model/frame.ts";
import { chanceOf, one } from "./chance.ts";

const fits = ([left, top, width, height]: Box) =>
  Math.min(left, top) >= 0 && Math.min(width, height) >= 0.049 && Math.max(left + width, top + height) <= 1.000_000_1;

describe("a crop", () => {
  it("stays within the picture and large enough, whatever is done to it", () => {
    const chance = chanceOf(7);
    const far = () => 4 * chance() - 2;
    let box = WHOLE;
    for (let n = 0; n < 2000; n++) {
      const what = chance();
      if (what < 0.4) box = cornered(box, one(chance, CORNERS), far(), far());
      else if (what < 0.8) box = moved(box, far(), far());
      else box = fitted([far(), far(), far(), far()]);
      expect(fits(box), String(box)).toBe(true);
    }
  });

  it("keeps the corner across from the one that is moved", () => {
    expect(cornered([0.2, 0.2, 0.4, 0.4], "nw", 0.1, 0.3)).toEqual([0.1, 0.3, 0.5, 0.3]);
    expect(cornered([0.2, 0.2, 0.4, 0.4], "se", 0.5, 0.9)).toEqual([0.2, 0.2, 0.3, 0.7]);
  });

  it("takes a form, as large as the picture allows, around what matters", () => {
    expect(shaped(1, 2, [0.9, 0.5])).toEqual([0.5, 0, 0.5, 1]);
    expect(shaped(2, 1, [0.5, 0.1])).toEqual([0, 0, 1, 0.5]);
  });
});

describe("what readers get", () => {
  it("is cut around the focal point, as the style sheet does it", () => {
    expect(cutOut(WHOLE, 2, 1, [1, 0.5])).toEqual([0.5, 0, 0.5, 1]);
    expect(cutOut(WHOLE, 2, 1, null)).toEqual([0.25, 0, 0.5, 1]);
  });

  it("is cut within the crop, where the focal point is at its edge or inside", () => {
    expect(cutOut([0.5, 0, 0.5, 1], 2, 0.5, [0.1, 0])).toEqual([0.5, 0, 0.25, 1]);
  });

  it("has a focal point within the picture", () => {
    expect(pointAt(-1, 1.2)).toEqual([0, 1]);
  });
});
