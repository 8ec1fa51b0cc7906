import { render } from "preact";
import { Popup } from "../../popup/popup.tsx";
import { setDocumentLanguage } from "../../ui/words.ts";

setDocumentLanguage("extensionName");
const app = document.getElementById("app");
if (app !== null) render(<Popup />, app);
