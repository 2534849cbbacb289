// The one script of the shop. Every page works without it; it saves a click, a reload or a look down the page.

import "htmx.org";

import "./parts/requests.js";
import { busyForms } from "./parts/busy.js";
import { copyButtons } from "./parts/copy.js";
import { forgetInTime } from "./parts/forget.js";
import { lookTotals } from "./parts/look.js";
import { menus } from "./parts/menu.js";
import { orderedLists } from "./parts/order.js";
import { seenBefore } from "./parts/seen.js";
import { shareButtons } from "./parts/share.js";
import { sizePickers } from "./parts/sizes.js";
import { suggestions } from "./parts/suggest.js";
import { travellingPictures } from "./parts/travel.js";
import { closerLooks } from "./parts/zoom.js";

// Each listens at the document, so what htmx swaps in later is served as well.
menus(document);
busyForms(document);
copyButtons(document);
lookTotals(document);
orderedLists(document);
seenBefore(document);
shareButtons(document);
sizePickers(document);
suggestions(document);
travellingPictures(document);
closerLooks(document);

forgetInTime(localStorage);
