import { startPage } from "../page.js";

startPage({ texts: ["home"] }, () => {});
