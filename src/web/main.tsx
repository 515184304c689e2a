import { render } from "preact";
import "./style/tokens.css";
import "./style/base.css";
import "./style/icons.css";
import "./style/page-head.css";
import "./style/cards.css";
import "./style/facts.css";
import "./style/link-lists.css";
import "./style/buttons.css";
import "./style/badges.css";
import "./style/times.css";
import "./style/quotes.css";
import "./style/states.css";
import "./style/tables.css";
import "./style/pager.css";
import "./style/forms.css";
import "./style/segments.css";
import "./style/dialogs.css";
import "./style/notices.css";
import "./shell/shell.css";
import { App } from "./shell/app.tsx";
import { loadPage } from "./shell/pages.ts";

// On its way while the frame is drawn; should it fail, the frame's own attempt tells of it.
loadPage(window.location.pathname)?.catch(() => undefined);
const root = document.getElementById("app");
if (root !== null) render(<App />, root);
