import { h } from "../page/element.js";

/** The guided tour that can lie over the page (FACTS.md, section 8). */
export function tour() {
  if (document.querySelector(".Tour__tour")) return;
  const close = () => box.remove();
  const box = h(
    "div",
    { class: "Tour__tour" },
    h("strong", {}, "New: device health at a glance"),
    h("p", {}, "Take a one-minute tour of what has changed on your home page."),
    h(
      "button",
      {
        type: "button",
        class: "Button__button Button--primary",
        "data-tour-guide-interactive": "true",
        onClick: close,
      },
      "Got it",
    ),
  );
  document.body.append(box);
}
