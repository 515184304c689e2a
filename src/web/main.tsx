import { render } from "preact";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./shell/shell.css";
import { App } from "./shell/app.tsx";

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
