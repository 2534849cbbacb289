"""What acts on waiting work, and on the demo, are called where staff read of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

# The demo's story writes its own two; no package of the running shop may import the demo to name them.
ACTS = {
    "jobs.retry": _l("Failed work tried again"),
    "demo.begin": _l("The demo’s story begun"),
    "demo.told": _l("The demo’s story told"),
}
SUBJECTS = {"job": _l("job"), "demo": _l("demo")}
PARTS = {"the demo's story": _l("the demo’s story")}
