import { render } from "preact";
import { setDocumentLanguage } from "../../ui/words.ts";
import { Wizard } from "../../wizard/wizard.tsx";

setDocumentLanguage("extensionName");
const nonce = location.hash.slice(1);
// The nonce is good once; what it was need not stay in the address.
if (nonce !== "") history.replaceState(null, "", location.pathname + location.search);
const renew = new URLSearchParams(location.search).get("renew");
const app = document.getElementById("app");
if (app !== null) render(<Wizard nonce={nonce} start={renew === null ? {} : { renew }} />, app);
