import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { EXIT } from '../../../server/src/cli/exit-code';
import type { LintedFile, LintResult } from '../../../server/src/cli/reporters/lint-result';
import { formatLintSarif } from '../../../server/src/cli/reporters/lint-sarif';
import { PLAIN_STYLE } from '../../../server/src/cli/style';
import { applyEdits, span } from '../../../server/src/core/text/span';
import { runCli } from '../io-double';
import { DOUBTFUL, folderOf, LEAKING } from '../lint/json-report';
import { lintFixtures } from './fixture-results';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Location {
  readonly uri: string;
  readonly uriBaseId?: string;
}

interface Place {
  readonly physicalLocation: { readonly artifactLocation: Location; readonly region: Region };
  readonly message?: { readonly text: string };
}

interface Replacement {
  readonly deletedRegion: Region;
  readonly insertedContent: { readonly text: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly locations: readonly [Place];
  readonly relatedLocations?: readonly Place[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly artifactChanges: readonly { readonly replacements: readonly Replacement[] }[];
  }[];
}

interface Run {
  readonly columnKind: string;
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: Help }[] } };
  readonly invocations: readonly [
    { readonly executionSuccessful: boolean; readonly toolExecutionNotifications: object[] },
  ];
  readonly results: readonly Result[];
}

interface Help {
  readonly text: string;
  readonly markdown: string;
}

// The schema has an expression that is none with the `u` flag.
const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false }));
const schemaFile = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

/** The only run of a log that holds to the schema. */
function readRun(log: string): Run {
  const value: { readonly runs: readonly [Run] } = JSON.parse(log);
  assert.ok(isSarif(value), JSON.stringify(isSarif.errors?.slice(0, 3)));
  return value.runs[0];
}

const format = (results: readonly LintResult[]): Run =>
  readRun(formatLintSarif(results, { style: PLAIN_STYLE, cwd: '/srv', version: '1.2.3' }));

/** The offset of a line and column, by splitting lines as SARIF has them. */
function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.slice(0, line - 1).join('').length + column - 1;
}

const spanOf = (text: string, { startLine, startColumn, endLine, endColumn }: Region) =>
  span(offsetOf(text, startLine, startColumn), offsetOf(text, endLine, endColumn));

const prints = (results: readonly Result[]) => results.map(({ partialFingerprints }) => partialFingerprints);

describe('the SARIF report', () => {
  const files = lintFixtures();
  const run = format(files);

  it('holds to the schema of SARIF 2.1.0, for every fixture', () => {
    const count = files.reduce((sum, { findings }) => sum + findings.length, 0);
    assert.ok(count > 100);
    assert.equal(run.results.length, count);
    assert.equal(run.columnKind, 'utf16CodeUnits');
  });

  it('has the page of every rule that it reports', () => {
    for (const { ruleId, ruleIndex } of run.results) {
      const rule = run.tool.driver.rules[ruleIndex];
      assert.equal(rule?.id, ruleId);
      assert.ok(rule.help.markdown.startsWith(`# ${ruleId}\n`));
      assert.ok(rule.help.text.startsWith(`${ruleId}\n`));
    }
    assert.ok(run.tool.driver.rules.length > 5);
  });

  it('points at what the findings and their fixes point at', () => {
    const results = [...run.results].values();
    for (const { text, findings } of files)
      for (const finding of findings) {
        const { value: result } = results.next();
        assert.ok(result);
        assert.deepEqual(spanOf(text, result.locations[0].physicalLocation.region), finding.span);
        assert.equal(result.relatedLocations?.length ?? 0, finding.related.length);
        const patched = (result.fixes ?? []).map(({ artifactChanges: [change] }) => {
          const edits = change?.replacements.map(({ deletedRegion, insertedContent }) => ({
            span: spanOf(text, deletedRegion),
            newText: insertedContent.text,
          }));
          return applyEdits(text, edits ?? []);
        });
        assert.deepEqual(
          patched,
          finding.fixes.map(({ edits }) => applyEdits(text, edits)),
        );
      }
  });

  it('recognises a finding after lines moved, and tells equal ones apart', () => {
    const [file] = files.filter(({ findings }) => findings.length > 1);
    assert.ok(file);
    const moved: LintedFile = {
      ...file,
      text: `#\n${file.text}`,
      findings: file.findings.map((finding) => ({
        ...finding,
        span: span(finding.span.start + 2, finding.span.end + 2),
      })),
    };
    assert.deepEqual(prints(format([moved]).results), prints(format([file]).results));
    const all = format([file]).results.map(({ partialFingerprints }) => Object.values(partialFingerprints).join());
    assert.equal(new Set(all).size, all.length);
  });

  it('encodes the names of files', () => {
    const names = ['a b#c%d.sh', './x:y/ä?.sh', '/srv/in/[1].sh', '../out.sh'];
    const [first] = files.filter(({ findings }) => findings.length > 0);
    assert.ok(first);
    const { results } = format(names.map((name) => ({ ...first, path: name, findings: first.findings.slice(0, 1) })));
    assert.deepEqual(
      results.map(({ locations }) => locations[0].physicalLocation.artifactLocation),
      [
        { uri: 'a%20b%23c%25d.sh', uriBaseId: '%SRCROOT%' },
        { uri: 'x%3Ay/%C3%A4%3F.sh', uriBaseId: '%SRCROOT%' },
        { uri: 'in/%5B1%5D.sh', uriBaseId: '%SRCROOT%' },
        { uri: pathToFileURL('/out.sh').href },
      ],
    );
  });

  it('says what could not be linted', () => {
    const [invocation] = format([
      { kind: 'unread', path: 'x', message: 'x may not be read', wrongUse: false },
    ]).invocations;
    assert.equal(invocation.executionSuccessful, false);
    assert.deepEqual(invocation.toolExecutionNotifications, [
      { level: 'error', message: { text: 'x may not be read' } },
    ]);
  });

  it('leaves out what is suppressed, and is well-formed whatever the encoding', async () => {
    const latin = Buffer.from('zfs send tank/pr\u00f6d@a > /srv/x\n', 'latin1');
    const cwd = folderOf({
      'a.sh': `# rawsend-disable send-not-raw -- public\n${DOUBTFUL}`,
      'b.sh': LEAKING,
      'c.sh': latin,
      'd.sh': 'zfs\n'.repeat(300_000),
    });
    const { code, stdout } = await runCli(['lint', '--format', 'sarif', '.'], { cwd });
    assert.equal(code, EXIT.findings);
    assert.ok(!/\\ud[89a-f]/i.test(stdout));
    assert.deepEqual(
      readRun(stdout).results.map(({ ruleId, level }) => `${level} ${ruleId}`),
      ['error send-not-raw', 'warning send-not-raw', 'note document-too-large'],
    );
  });
});
