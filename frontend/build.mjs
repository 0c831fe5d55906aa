// Writes the static files of the design system into the folder named on the command line.
import * as esbuild from 'esbuild';
import * as sass from 'sass';
import fs from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const out = process.argv[2];
const modules = path.join(here, 'node_modules');
const uploads = ['tus-js-client', 'js-base64', 'url-parse', 'querystringify', 'requires-port'];
const bundled = ['govuk-frontend', 'accessible-autocomplete', '@fontsource-variable/source-sans-3', ...uploads];

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(path.join(out, 'fonts'), { recursive: true });

const { css } = sass.compile(path.join(here, 'src/scss/app.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true,
});
fs.writeFileSync(path.join(out, 'app.css'), css);

await esbuild.build({
  entryPoints: [path.join(here, 'src/js/app.js')],
  outfile: path.join(out, 'app.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'error',
});

for (const subset of ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext']) {
  fs.copyFileSync(
    path.join(modules, `@fontsource-variable/source-sans-3/files/source-sans-3-${subset}-wght-normal.woff2`),
    path.join(out, 'fonts', `source-sans-3-${subset}.woff2`),
  );
}
fs.copyFileSync(path.join(here, 'src/mark.svg'), path.join(out, 'mark.svg'));
fs.writeFileSync(path.join(out, 'THIRD_PARTY.txt'), bundled.map(licenceOf).join('\n'));

// Name, version and licence text of everything bundled. A package without a text gets our notice.
function licenceOf(name) {
  const folder = path.join(modules, name);
  const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const notice = file ? fs.readFileSync(path.join(folder, file), 'utf8') : fs.readFileSync(path.join(here, 'src/notices', `${name}.txt`), 'utf8');
  return `${name} ${version} (${license})\n\n${notice.trim()}\n`;
}
