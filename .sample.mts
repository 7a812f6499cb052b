import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './server/src/engine/project';
import { toRuleSet } from './server/src/engine/rule-set';
import { DEFAULT_SETTINGS } from './server/src/engine/settings';
import { RULES } from './server/src/rules/index';
const root = process.argv[2]!; const only = process.argv[3]; const n = Number(process.argv[4] ?? 10); const seed0 = Number(process.argv[5] ?? 1);
const rs = toRuleSet(RULES);
let files = 0, res = 0, unchecked = 0; const counts = new Map<string, number>(); const all: string[] = [];
const t0 = performance.now();
const walk = (d: string): string[] => readdirSync(d, { withFileTypes: true }).flatMap((e) => e.isDirectory() ? walk(join(d, e.name)) : /\.(ya?ml|json|tf)$/.test(e.name) ? [join(d, e.name)] : []);
for (const repo of readdirSync(root)) {
  if (!statSync(join(root, repo)).isDirectory()) continue;
  const project = new Project(rs, () => DEFAULT_SETTINGS);
  const list = walk(join(root, repo));
  for (const f of list) { const t = readFileSync(f, 'utf8'); if (f.endsWith('.json') && !/apiVersion|AssumeRole/.test(t)) continue; project.setFile('file://' + f, t, f.endsWith(".json") ? "json" : f.endsWith(".tf") ? "hcl" : "yaml"); }
  for (const u of project.uris) {
    const r = project.check(u)!; files++; res += r.resources; unchecked += r.unchecked.length;
    for (const f of r.findings) { counts.set(f.rule, (counts.get(f.rule) ?? 0) + 1);
      if (!only || f.rule === only || f.category === only) { const p = r.source.lines.positionAt(f.span.start); all.push(`${u.slice(8 + root.length)}:${p.line + 1}:${p.character + 1} [${f.severity} ${f.rule}] ${f.message}\n      ${r.source.text.split('\n')[p.line]}   fixes: ${f.fixes.map(x => x.title).join(' | ')}`); } }
    if (only === 'unchecked') for (const x of r.unchecked) { const p = r.source.lines.positionAt(x.span.start); all.push(`${u.slice(8 + root.length)}:${p.line + 1} ${x.message}`); }
  }
}
console.log({ files, res, unchecked, ms: Math.round(performance.now() - t0), mem: Math.round(process.memoryUsage().rss / 1e6) });
if (!only) for (const [k, v] of counts) console.log(k, v);
let s = seed0 * 2654435761 % 4294967296; const rnd = () => (s = (s * 1664525 + 1013904223) % 4294967296) / 4294967296;
if (only) for (let i = 0; i < n && all.length; i++) console.log(all.splice(Math.floor(rnd() * all.length), 1)[0]);
