/**
 * Unpacks the script of the page and starts it. The policy of the page names both by their hash:
 * this one runs nothing else.
 */

import {gunzip} from "./reading.js";

const script = document.createElement("script");
script.type = "module";
script.textContent = await gunzip(document.getElementById("packed").textContent.trim());
document.head.append(script);
