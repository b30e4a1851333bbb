// SPDX-License-Identifier: MIT
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { startTheme } from "./app/theme.ts";
import { startLiveFeed } from "./data/live-feed.ts";
import "./styles/index.css";

startTheme();
startLiveFeed();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
