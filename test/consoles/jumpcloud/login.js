import { h, options, part } from "../page/element.js";

/** The login pages: `/login` for users, `/login/admin` for administrators. */
const isAdmin = location.pathname.startsWith("/login/admin");
const who = isAdmin ? "Administrator Login" : "User Login";

document
  .getElementById("root")
  .append(
    part(
      "main",
      "LoginPage__page",
      {},
      h(
        "form",
        { class: "LoginPage__card", onSubmit: signIn },
        h("img", { src: "/static/jumpcloud/logo.svg", alt: "JumpCloud", width: "44", height: "44" }),
        h("h1", {}, who),
        field("Email", "email", "username"),
        field("Password", "password", "current-password"),
        part(
          "button",
          "LoginPage__submit",
          { type: "submit", "data-automation": "loginButton", class: "Button__button Button--primary" },
          isAdmin ? "Administrator Login" : "Log In",
        ),
        h(
          "a",
          { class: "Link__link", href: isAdmin ? "/login" : "/login/admin" },
          isAdmin ? "Log in as a user" : "Log in as an administrator",
        ),
      ),
    ),
  );

function signIn(event) {
  event.preventDefault();
  sessionStorage.setItem("signed-in", isAdmin ? "admin" : "user");
  location.assign(isAdmin ? "/#/home" : "/userconsole#/");
}

function field(label, type, autocomplete) {
  return h(
    "label",
    { class: "Field__field" },
    h("span", { class: "Field__label" }, label),
    part("input", "Input__input", { type, name: type, autocomplete, required: !options.signedOut }),
  );
}
