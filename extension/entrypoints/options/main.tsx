import { render } from "preact";
import { setDocumentLanguage } from "../../ui/words.ts";
import { Options } from "./options.tsx";

setDocumentLanguage("optionsTitle");
const app = document.getElementById("app");
if (app !== null) render(<Options />, app);
