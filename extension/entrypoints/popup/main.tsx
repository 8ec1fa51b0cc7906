import { render } from "preact";
import { setDocumentLanguage } from "../../ui/words.ts";
import { Popup } from "./popup.tsx";

setDocumentLanguage("extensionName");
const app = document.getElementById("app");
if (app !== null) render(<Popup />, app);
