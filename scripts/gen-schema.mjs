// Writes the plan's JSON Schema for the runner's tests: `npx tsx scripts/gen-schema.mjs [--check]`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { plan } from '../src/model/plan-schema.ts';

const file = fileURLToPath(new URL('../src/act/runner/decant_runner/plan.schema.json', import.meta.url));
const text = `${JSON.stringify(z.toJSONSchema(plan, { target: 'draft-7' }), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
  console.log('wrote  src/act/runner/decant_runner/plan.schema.json');
} else if (readFileSync(file, 'utf8') !== text) {
  console.log('stale  src/act/runner/decant_runner/plan.schema.json');
  process.exitCode = 1;
}
