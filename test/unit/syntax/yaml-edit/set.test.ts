import { describe } from 'vitest';
import { lines, runCases, set } from './cases';

describe('set', () => {
  runCases([
    {
      name: 'a scalar keeps its comment, its alignment and what follows',
      before: lines('a:   true   # why', 'b: 1'),
      changes: [set(['a'], false)],
      after: lines('a:   false   # why', 'b: 1'),
    },
    {
      name: 'a quoted string keeps its quotes',
      before: lines("a: 'x'", 'b: "y"', 'c: z'),
      changes: [set(['a'], 'p'), set(['b'], 'q'), set(['c'], 'r')],
      after: lines("a: 'p'", 'b: "q"', 'c: r'),
    },
    {
      name: 'a key without a value',
      before: lines('a: # why', 'b:', 'c: ~'),
      changes: [set(['a'], 1), set(['b'], 'x'), set(['c'], [])],
      after: lines('a: 1 # why', 'b: x', 'c: []'),
    },
    {
      name: 'a tab after the colon stays',
      before: 'a:\ttrue\t# why\nb: 1\n',
      changes: [set(['a'], false)],
      after: 'a:\tfalse\t# why\nb: 1\n',
    },
    {
      name: 'parents that are missing are made, at the end of what is there',
      before: lines('spec:', '    containers:', '        - name: a # first', '          image: b', '# end'),
      changes: [set(['spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'], ['ALL'])],
      after: lines(
        'spec:',
        '    containers:',
        '        - name: a # first',
        '          image: b',
        '          securityContext:',
        '              capabilities:',
        '                  drop:',
        '                      - ALL',
        '# end',
      ),
    },
    {
      name: 'sequences are not indented where the document does not indent them',
      before: lines('spec:', '  containers:', '  - name: a', '    image: b', '  hostNetwork: true'),
      changes: [set(['spec', 'containers', 0, 'securityContext', 'capabilities', 'drop'], ['ALL'])],
      after: lines(
        'spec:',
        '  containers:',
        '  - name: a',
        '    image: b',
        '    securityContext:',
        '      capabilities:',
        '        drop:',
        '        - ALL',
        '  hostNetwork: true',
      ),
    },
    {
      name: 'an empty mapping opens, its comment stays on its line',
      before: lines('a:', '  securityContext: {} # later', '  b: 1'),
      changes: [set(['a', 'securityContext', 'runAsNonRoot'], true)],
      after: lines('a:', '  securityContext: # later', '    runAsNonRoot: true', '  b: 1'),
    },
    {
      name: 'an empty value opens below the comments that stand in it',
      before: lines('a:', '  securityContext:', '    # privileged: true', '  # about b', '  b: 1'),
      changes: [set(['a', 'securityContext', 'runAsNonRoot'], true)],
      after: lines(
        'a:',
        '  securityContext:',
        '    # privileged: true',
        '    runAsNonRoot: true',
        '  # about b',
        '  b: 1',
      ),
    },
    {
      name: 'a flow mapping stays one',
      before: lines('a: { b: 1 } # c', 'd: {e: [x,y]}', 'f: {"g": "h"}'),
      changes: [set(['a', 'c'], { d: ['yes'] }), set(['d', 'e', 2], 'z'), set(['f', 'i'], 'j')],
      after: lines('a: { b: 1, c: {d: ["yes"]} } # c', 'd: {e: [x,y, z]}', 'f: {"g": "h", "i": "j"}'),
    },
    {
      name: 'a flow mapping of several lines gets one more',
      before: lines('a: {', '  "b": 1, # one', '  "c": 2 # two', '}', 'd: {e: 1,', '    f: 2}'),
      changes: [set(['a', 'x'], true), set(['d', 'g'], 3)],
      after: lines(
        'a: {',
        '  "b": 1, # one',
        '  "c": 2, # two',
        '  "x": true',
        '}',
        'd: {e: 1,',
        '    f: 2,',
        '    g: 3}',
      ),
    },
    {
      name: 'after a comment that is as deep as the entries, before one that is less deep',
      before: lines('a:', '  b:', '    c: 1', '    # d: 2', '', '    # e: 3', '  # about f', '  f: 1'),
      changes: [set(['a', 'b', 'x'], 1)],
      after: lines('a:', '  b:', '    c: 1', '    # d: 2', '', '    # e: 3', '    x: 1', '  # about f', '  f: 1'),
    },
    {
      name: 'at the end of a document without a final line break',
      before: 'a:\n  b: 1 # c',
      changes: [set(['a', 'd', 'e'], 'f')],
      after: 'a:\n  b: 1 # c\n  d:\n    e: f',
    },
    {
      name: 'before the marker that ends the document',
      before: lines('---', 'a: 1', '...'),
      changes: [set(['b'], 2)],
      after: lines('---', 'a: 1', 'b: 2', '...'),
    },
  ]);
});
