import { element, icon } from "../in-page/element.ts";
import { say, type Word } from "../ui/words.ts";
import type { Advice, Met } from "./advice.ts";

const marks: Record<Met, { path: string; word: Word }> = {
  met: { path: "M3.5 8.5l3 3 6-7", word: "guideMet" },
  unmet: { path: "M4.5 4.5l7 7M11.5 4.5l-7 7", word: "guideUnmet" },
  unknown: { path: "M8 8h.01", word: "guideNotKnown" },
};

/** The two things without which there is no key, each with what this page shows of it. */
export function needsList({ admin, access }: NonNullable<Advice["needs"]>): HTMLElement {
  const list = element(
    "ul",
    { ariaLabel: say("needHeading") },
    need("needAdmin", admin),
    need("needApi", access),
  );
  return element("div", { className: "needs" }, element("p", { textContent: say("needHeading") }), list);
}

function need(name: Word, met: Met): HTMLElement {
  const { path, word } = marks[met];
  return element(
    "li",
    { className: met },
    icon(path, met === "unknown" ? 3 : 2),
    element("span", { textContent: say(name) }),
    element("span", { className: "unseen", textContent: ` – ${say(word)}` }),
  );
}
