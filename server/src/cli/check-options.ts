import { parseArgs } from 'node:util';
import type { OptionTable } from './define-command';
import { usageFailure } from './failure';
import { nearest as nearestOf } from '../core/text/nearest';

/**
 * Throws a usage Failure for an option that the table does not have, lacks an argument, has one too many or
 * has a wrong one. `parseArgs` would throw too, but knows no nearest option and no choices.
 */
export function checkOptions(command: string, options: OptionTable, args: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...args], options: { ...options }, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw unknownOption(command, options, token.rawName);
    if (option.type === 'boolean' && token.value !== undefined)
      throw usageFailure(`${token.rawName} takes no argument`, helpHint(command));
    if (option.type === 'string') checkArgument(token.rawName, option, token);
  }
}

function checkArgument(
  name: string,
  option: OptionTable[string],
  token: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): void {
  const { value } = token;
  const swallowedOption =
    token.inlineValue === false && value !== undefined && value.length > 1 && value.startsWith('-');
  if (value === undefined || swallowedOption)
    throw usageFailure(`${name} needs an argument: ${option.argument ?? 'VALUE'}`);
  if (option.choices === undefined || option.choices.includes(value)) return;
  const nearest = nearestOf(value, option.choices);
  const meant = nearest === undefined ? undefined : `Did you mean ${nearest}?`;
  throw usageFailure(`${name} must be one of ${option.choices.join(', ')}, not '${value}'`, meant);
}

function unknownOption(command: string, options: OptionTable, typed: string): Error {
  const nearest = nearestOf(typed.replace(/^-+/, ''), Object.keys(options));
  const hint = nearest === undefined ? helpHint(command) : `Did you mean --${nearest}? ${helpHint(command)}`;
  return usageFailure(`${command} has no option ${typed}`, hint);
}

const helpHint = (command: string): string => `'rawsend ${command} --help' lists the options`;
