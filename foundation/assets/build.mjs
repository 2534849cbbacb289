// Builds what the browser loads, into foundation/assets/dist: `make assets`, or `make setup` when a source changed.
//
// - css/main.css is the one style sheet; what it names by url() comes along.
// - js/*.js of every package (top level only) is a script of its own; what it imports is bundled or shared.
// - icons.txt names the line icons; they become one sprite, used as <use href=".../icons-HASH.svg#name">.
// - img/* is copied as it is.
// Every name carries a digest of the content, so a browser may keep a file for ever. manifest.json, written last,
// maps the plain name to it: {"css/main.css": "main-AB12CD34.css", "js/main.js": ..., "icons.svg": ..., "img/mark.svg": ...}

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const dist = join(here, "dist");
const made = `${dist}.new`;
const require = createRequire(import.meta.url);
const FONT_BUDGET = 90 * 1024;
const SQUEEZED = new Set([".css", ".js", ".svg", ".txt"]);

const manifest = {};

function listed(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(ending) && !name.startsWith(".")).sort();
}

function packages() {
  const found = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return found.map((entry) => entry.name).filter((name) => existsSync(join(root, name, "__init__.py"))).sort();
}

// The name a template uses: css/main.css, js/main.js, and editors/js/builder.js for another package's script.
function plainName(path) {
  const owner = relative(root, path).split("/")[0];
  const inside = relative(join(root, owner, "assets"), path);
  return owner === "foundation" ? inside : join(owner, inside);
}

async function put(plain, content) {
  const ending = extname(plain);
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const name = `${basename(plain, ending)}-${digest}${ending}`;
  await writeFile(join(made, name), content);
  manifest[plain] = name;
}

async function bundle() {
  const style = join(here, "css/main.css");
  const scripts = packages().flatMap((name) => {
    const folder = join(root, name, "assets/js");
    return listed(folder, ".js").map((script) => join(folder, script));
  });
  const entries = existsSync(style) ? [style, ...scripts] : scripts;
  const result = await build({
    entryPoints: entries,
    outdir: made,
    outbase: root,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "chrome115", "firefox115", "safari16.4"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    loader: { ".woff2": "file", ".svg": "file", ".webp": "file", ".png": "file" },
    absWorkingDir: root,
    logLevel: "warning",
  });
  for (const [output, { entryPoint, inputs }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) manifest[plainName(join(root, entryPoint))] = basename(output);
    const [only] = Object.keys(inputs);
    if (only?.endsWith(".woff2")) manifest[`fonts/${basename(only)}`] = basename(output);
  }
}

// One symbol per icon; the drawing's own attributes stay out, .icon in the style sheet sets stroke and fill.
async function sprite() {
  const list = join(here, "icons.txt");
  if (!existsSync(list)) return;
  const names = readFileSync(list, "utf8").split("\n").map((line) => line.split("#")[0].trim()).filter(Boolean);
  const home = join(dirname(require.resolve("lucide-static/package.json")), "icons");
  const symbols = [...new Set(names)].sort().map((name) => {
    const file = join(home, `${name}.svg`);
    if (!existsSync(file)) throw new Error(`icons.txt: lucide has no icon named "${name}"`);
    const drawing = readFileSync(file, "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1];
    return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`;
  });
  const credit = "<!-- Lucide icons, ISC Licence, lucide.dev -->";
  await put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${credit}${symbols.join("")}</svg>\n`);
}

async function copies() {
  const images = join(here, "img");
  for (const ending of [".svg", ".png", ".webp", ".ico"]) {
    for (const name of listed(images, ending)) await put(`img/${name}`, readFileSync(join(images, name)));
  }
  for (const face of ["fraunces", "inter"]) {
    const licence = join(dirname(require.resolve(`@fontsource-variable/${face}/package.json`)), "LICENSE");
    await put(`fonts/${face}-licence.txt`, readFileSync(licence));
  }
}

async function squeeze() {
  for (const name of readdirSync(made).filter((file) => SQUEEZED.has(extname(file)))) {
    const content = readFileSync(join(made, name));
    const small = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    const packed = { br: brotliCompressSync(content, { params: small }), gz: gzipSync(content, { level: 9 }) };
    for (const [ending, bytes] of Object.entries(packed)) {
      if (bytes.length < content.length) await writeFile(join(made, `${name}.${ending}`), bytes);
    }
  }
}

function report() {
  const size = (name) => readFileSync(join(made, name)).length;
  const faces = Object.entries(manifest).filter(([, name]) => name.endsWith(".woff2"));
  const fonts = faces.reduce((sum, [, name]) => sum + size(name), 0);
  if (fonts > FONT_BUDGET) throw new Error(`the fonts weigh ${fonts} bytes; the budget is ${FONT_BUDGET}`);
  const zipped = (name) => (existsSync(join(made, `${name}.gz`)) ? size(`${name}.gz`) : size(name));
  const parts = Object.entries(manifest).filter(([plain]) => /\.(css|js)$/.test(plain));
  const told = parts.map(([plain, name]) => `${plain} ${(zipped(name) / 1024).toFixed(1)} KB gzip`);
  console.log(["Built", ...told, `fonts ${(fonts / 1024).toFixed(1)} KB`].join("  "));
}

await rm(made, { recursive: true, force: true });
await mkdir(made, { recursive: true });
await bundle();
await sprite();
await copies();
await squeeze();
report();
const ordered = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(made, "manifest.json"), `${JSON.stringify(ordered, null, 2)}\n`);
await rm(dist, { recursive: true, force: true });
await rename(made, dist);
