import { h, onRoute, options, part } from "../page/element.js";
import { closeAccountMenu, movedMenu, topRightMenu } from "./account-menu.js";
import { closeModal } from "./modal.js";
import { pageOf } from "./pages.js";
import { sidebar } from "./sidebar.js";
import { tour } from "./tour.js";

/** The admin portal. Every navigation renders the whole page anew: nothing of the last one stays. */
const root = document.getElementById("root");

if (options.signedOut && sessionStorage.getItem("signed-in") !== "admin") {
  location.replace("/login/admin");
} else {
  if (location.hash === "") history.replaceState(null, "", "#/home");
  onRoute(render);
}

function render(route) {
  closeAccountMenu();
  closeModal();
  const { title, actions, content } = pageOf(route);
  root.replaceChildren(
    part(
      "div",
      "AppLayout__layout",
      {},
      sidebar(route),
      part(
        "div",
        "AppLayout__main",
        {},
        part(
          "header",
          "MainHeader__mainHeader",
          {},
          part("h1", "MainHeader__title", {}, title),
          part(
            "div",
            "MainHeader__actions",
            {},
            actions,
            (options.layout ?? "top-right") === "top-right" ? topRightMenu() : null,
          ),
        ),
        h(
          "main",
          { class: "AppLayout__content" },
          options.layout === "moved" ? movedMenu() : null,
          content,
          h(
            "p",
            { class: "AppLayout__note" },
            "A stand-in of the JumpCloud Admin Portal, for tests and the demo.",
          ),
        ),
      ),
    ),
  );
  if (options.tourDone === false) tour();
}
