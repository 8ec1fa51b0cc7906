import { options, part } from "../page/element.js";
import { icon } from "../page/icons.js";
import { container } from "./containers.js";

let number = 0;
let closeOpen = () => {};

/** Puts an open dialog away, as every navigation does. */
export function closeModal() {
  closeOpen();
}

/** Opens a dialog in a portal at the end of the body; gives a handle that renders its inside anew. */
export function openModal(name) {
  number += 1;
  const titleId = `modal-title-${number}`;
  const before = document.activeElement;
  const { dialog, outer, home = document.body, shown } = container(titleId);
  dialog.setAttribute("data-test-id", `${name}__modal`);
  const close = () => {
    closeOpen = () => {};
    outer.remove();
    removeEventListener("keydown", onKey);
    before?.focus?.();
  };
  const onKey = (event) => {
    if (event.key === "Escape") close();
  };
  closeModal();
  closeOpen = close;
  addEventListener("keydown", onKey);
  home.append(outer);
  shown?.();
  return {
    close,
    render({ title, body, footer }) {
      dialog.replaceChildren(
        part(
          "div",
          "Modal__header",
          {},
          part(options.heading === false ? "div" : "h2", "Modal__title", { id: titleId }, title),
          part(
            "button",
            "Modal__x",
            { type: "button", "aria-label": "Dismiss", onClick: close },
            icon("close", 18),
          ),
        ),
        part("div", "Modal__body", {}, body),
        part("div", "Modal__footer", {}, footer),
      );
      dialog.focus();
    },
  };
}

export function button(name, label, onClick, kind = "secondary") {
  return part("button", name, { type: "button", class: `Button__button Button--${kind}`, onClick }, label);
}
