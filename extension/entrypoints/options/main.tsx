import { render } from "preact";
import { Options } from "../../options/options.tsx";
import { setDocumentLanguage } from "../../ui/words.ts";

setDocumentLanguage("optionsTitle");
const app = document.getElementById("app");
if (app !== null) render(<Options />, app);
