"""The one version of Stripe's API that we speak. It moves only together with the document the tests check
against."""

from __future__ import annotations

API_VERSION = "2026-05-27.dahlia"
