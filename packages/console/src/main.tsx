// SPDX-License-Identifier: MIT
import { createRoot } from "react-dom/client";
import { Gate } from "./app/gate.tsx";
import { startTheme } from "./app/theme.ts";
import { startSession } from "./data/session.ts";
import "./styles/index.css";

startTheme();
startSession();
const root = document.getElementById("root");
if (root) createRoot(root).render(<Gate />);
