import { startPage } from "../page.js";

// For pages that are nothing but text.
startPage({ texts: ["about"] }, () => {});
