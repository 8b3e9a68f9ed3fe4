// The TypeScript blocks of a generated README as one module, for the compiler: node readme.mjs README.md > readme.ts

import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const blocks = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1]);
if (blocks.length === 0) throw new Error('the README has no TypeScript');
const imports = new Set();
const bodies = blocks.map((block) =>
  block
    .split('\n')
    .filter((line) => !(line.startsWith('import ') && imports.add(line)))
    .join('\n'),
);
// Each block may use the client of the first, and the names that all imports of the page bring.
const client = /new (\w+)\(/.exec(blocks[0])[1];
const names = new Map();
for (const line of imports) {
  const [, list, source] = /^import \{ (.*) \} from '(.*)';$/.exec(line);
  names.set(source, new Set([...(names.get(source) ?? []), ...list.split(', ')]));
}
const main = [...names.keys()][0];
if (text.includes('deltas()')) names.get(main).add('deltas');
for (const [source, list] of names) console.log(`import { ${[...list].join(', ')} } from '${source}';`);
for (const [index, body] of bodies.entries()) {
  const given = body.includes('const client =') ? '' : `client: ${client}`;
  console.log(`\nexport async function block${index}(${given}): Promise<void> {\n${body}}`);
}
