// Makes server/static/ from server/assets/: a style sheet per style/NAME.scss, a script per script/pages/NAME.js, htmx and the icon as they come.
// With --check it writes nothing and fails where the committed files are not what the sources give.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";

const assets = dirname(fileURLToPath(import.meta.url));
const root = join(assets, "..", "..");
const target = join(root, "server", "static");

function styles() {
  const loadPaths = [join(root, "node_modules"), join(root, "templates", "paper")];
  return readdirSync(join(assets, "style"))
    .filter((file) => file.endsWith(".scss") && !file.startsWith("_"))
    .map((file) => {
      const { css } = compile(join(assets, "style", file), { style: "compressed", loadPaths });
      return [file.replace(".scss", ".css"), `${css.replace(/^\uFEFF/, "")}\n`];
    });
}

function scripts() {
  const pages = join(assets, "script", "pages");
  const entryPoints = readdirSync(pages).map((file) => join(pages, file));
  const options = { bundle: true, minify: true, format: "esm", target: "es2020", charset: "utf8", legalComments: "none" };
  const built = buildSync({ ...options, entryPoints, outdir: target, write: false });
  return built.outputFiles.map((file) => [file.path.slice(target.length + 1), file.text]);
}

const icon = ["icon.svg", readFileSync(join(assets, "icon.svg"), "utf8")];
const htmx = ["htmx.js", readFileSync(join(root, "node_modules", "htmx.org", "dist", "htmx.min.js"), "utf8")];
const files = [...styles(), ...scripts(), htmx, icon];

if (process.argv.includes("--check")) {
  const stale = files.filter(([name, text]) => !existsSync(join(target, name)) || readFileSync(join(target, name), "utf8") !== text);
  for (const [name] of stale) console.error(`server/static/${name} is not what its sources give: npm run build`);
  process.exitCode = stale.length ? 1 : 0;
} else {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(target, name), text);
}
