// What htmx sends, and what becomes of it when no answer comes, or one that has not the part that was asked for.

import { toast } from "./toast.js";

// The token of this page, in the header that the server checks.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  const { request } = event.detail.ctx;
  if (token && request.method !== "GET") request.headers["X-CSRFToken"] = token;
});

// Nothing came back: without a word the reader would take it for done.
document.addEventListener("htmx:error", (event) => {
  const lost = document.getElementById("toasts")?.dataset.lost;
  if (event.detail.ctx && lost) toast(lost);
});

// An answer led to another page, where the part that was asked for does not exist: that page, then, and not a hole.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  const part = tasks.find((task) => task.type === "main");
  if (!ctx.select || part?.fragment.childElementCount) return;
  event.preventDefault();
  location.assign(ctx.response.raw.url);
});
