import { describe, expect, test } from "vitest";
import { besideKey, cornerFor, covered, keptInside } from "../../../extension/guide/placement.ts";

const view = { left: 0, top: 0, width: 1280, height: 800 };
const panel = { left: 0, top: 0, width: 320, height: 300 };
const dialog = { left: 380, top: 200, width: 520, height: 400 };

describe("the panel", () => {
  test("likes the lower corner at the end of the line", () => {
    expect(cornerFor(panel, view, [], [], false)).toEqual({ left: 944, top: 484 });
    expect(cornerFor(panel, view, [], [], true)).toEqual({ left: 16, top: 484 });
  });

  test("moves away from what it points at", () => {
    const target = { left: 1000, top: 700, width: 100, height: 40 };
    const at = cornerFor(panel, view, [target], [], false);
    expect(covered({ ...panel, ...at }, [target])).toBe(0);
  });

  test("rather covers the dialog than what it points at", () => {
    const narrow = { left: 0, top: 0, width: 360, height: 640 };
    const target = { left: 40, top: 560, width: 280, height: 50 };
    const at = cornerFor(panel, narrow, [target], [{ left: 16, top: 40, width: 328, height: 580 }], false);
    expect(covered({ ...panel, ...at }, [target])).toBe(0);
  });

  test("cannot be dragged out of the window", () => {
    expect(keptInside({ left: -500, top: 5000 }, panel, view)).toEqual({ left: 8, top: 492 });
  });
});

describe("the button", () => {
  const button = { left: 0, top: 0, width: 140, height: 40 };
  const key = { left: 400, top: 400, width: 430, height: 40 };

  test("stands outside the dialog at the height of the key", () => {
    expect(besideKey(button, key, dialog, view, false)).toEqual({ left: 912, top: 400 });
    expect(besideKey(button, key, dialog, view, true)).toEqual({ left: 228, top: 400 });
  });

  test("goes under the key where there is no room beside the dialog", () => {
    const narrow = { left: 0, top: 0, width: 320, height: 640 };
    const small = { left: 24, top: 100, width: 272, height: 400 };
    const at = besideKey(button, { left: 48, top: 300, width: 160, height: 40 }, small, narrow, false);
    expect(at).toEqual({ left: 68, top: 348 });
  });
});
