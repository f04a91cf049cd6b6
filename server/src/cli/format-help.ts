import { wrapText } from './reporters/wrap-text';
import type { Command, Option, OptionTable } from './define-command';

/** The page of `rawsend --help`. */
export function formatGeneralHelp(commands: readonly Command[]): string {
  return [
    'Lint, plan, run and verify raw replication of encrypted ZFS datasets over SSH.',
    '',
    'Usage: rawsend COMMAND [OPTIONS] …',
    '',
    'Commands:',
    ...toColumns(commands.map((command) => [command.name, command.summary])),
    '',
    'Options:',
    ...toColumns([
      ['-h, --help', 'This page; after a command, the page of that command'],
      ['    --version', 'The version of rawsend'],
    ]),
    '',
    'Examples:',
    ...commands.flatMap((command) => command.examples.slice(0, 1).map((example) => `  ${example.command}`)),
    '',
    'Exit codes: 0 done; 1 findings, a conflict or a failed verification; 2 wrong use; 3 could not do it',
    '',
  ].join('\n');
}

/** The page of `rawsend COMMAND --help`, generated from the command's tables. */
export function formatCommandHelp(command: Command): string {
  return [
    `${command.summary}.`,
    '',
    `Usage: rawsend ${command.name} [OPTIONS] ${command.operands}`.trimEnd(),
    '',
    ...command.description.flatMap((paragraph) => [...wrapText(paragraph, 80), '']),
    'Options:',
    ...toColumns([...optionRows(command.options), ['-h, --help', 'This page']]),
    '',
    'Examples:',
    ...command.examples.flatMap((example) => [`  ${example.command}`, `      ${example.meaning}`]),
    '',
  ].join('\n');
}

function optionRows(options: OptionTable): readonly (readonly [string, string])[] {
  return Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? '   ' : `-${option.short},`;
    const argument = option.type === 'string' ? argumentOf(option) : '';
    const rest = [
      ...(option.choices ?? []),
      ...(option.otherwise === undefined ? [] : [`default: ${option.otherwise}`]),
    ];
    return [`${short} --${name}${argument}`, option.summary + (rest.length === 0 ? '' : ` (${rest.join(', ')})`)];
  });
}

const argumentOf = ({ argument = 'VALUE', optional }: Option): string => (optional ? `[=${argument}]` : ` ${argument}`);

function toColumns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
