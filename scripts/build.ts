// Bundles the command into dist/, with the licences of everything that is bundled.

import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { worldNames } from '#lab/worlds/index.ts'
import { readYaml } from '#lab/yaml-file.ts'
import { licencesOf } from './licences.ts'
import { root } from './shelf.ts'

const folder = fileURLToPath(root)

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: { redoubt: 'src/cli/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // The SDK's ES modules can be split and shaken; its CommonJS ones cannot.
  mainFields: ['module', 'main'],
  // Of a CommonJS package that is imported lazily esbuild keeps only the default export: yaml has an ES module too.
  alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/index.js', root)) },
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  banner: {
    // Some bundled packages are CommonJS and call require for Node's own modules.
    js: "#!/usr/bin/env node\nimport{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
  },
})
for (const { entryPoint = '', exports } of Object.values(metafile.outputs)) {
  if (entryPoint.includes('node_modules/') && exports.join() === 'default') {
    throw new Error(`${entryPoint} is CommonJS and imported lazily: its named exports are lost in the bundle`)
  }
}
// Removed afterwards and not before, so that a command that runs meanwhile still finds what it is made of.
for (const name of readdirSync(new URL('dist/chunks', root))) {
  if (!metafile.outputs[`dist/chunks/${name}`]) rmSync(new URL(`dist/chunks/${name}`, root))
}
// The lab reads its worlds from files, by their way from dist/chunks/ (src/lab/worlds/index.ts): JSON for itself, and YAML
// for people to start from.
mkdirSync(new URL('dist/worlds/', root), { recursive: true })
for (const name of worldNames) {
  const yaml = new URL(`src/lab/worlds/${name}.yaml`, root)
  copyFileSync(yaml, new URL(`dist/worlds/${name}.yaml`, root))
  const content = readYaml(readFileSync(yaml, 'utf8'), name)
  writeFileSync(new URL(`dist/worlds/${name}.json`, root), JSON.stringify(content))
}
chmodSync(new URL('dist/redoubt.mjs', root), 0o755)
writeFileSync(new URL('dist/LICENCES.txt', root), licencesOf(Object.keys(metafile.inputs), folder))
