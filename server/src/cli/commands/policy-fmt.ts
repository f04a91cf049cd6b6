import path from 'node:path';
import { formatPolicy } from '../../core/policy/format-policy';
import { EXIT, worstExit, type ExitCode } from '../exit-code';
import { usageFailure, worldFailure } from '../failure';
import type { Io } from '../io';
import { formatFindings } from '../reporters/lint-text';
import { findPolicyFile } from '../repository';
import { harmless, styleFor } from '../style';
import { type DecodedText, encodeText } from '../text-encoding';
import { errorCode, readTextFile, replaceFile, toText } from '../text-file';
import type { PolicyInvocation } from './policy-options';

/** Formats policy files in place; standard input goes to standard output. */
export async function formatPolicies({ values, operands }: PolicyInvocation, io: Io): Promise<ExitCode> {
  const nearest = findPolicyFile(io.cwd);
  const files = operands.length > 0 ? [...new Set(operands)] : nearest === undefined ? [] : [nearest];
  if (files.length === 0)
    throw usageFailure('there is no rawsend.yaml here or above, within the repository', 'Name the files to format');
  const codes: ExitCode[] = [];
  for (const file of files) codes.push(await formatOne(file, values.check === true, io));
  return worstExit(codes);
}

async function formatOne(file: string, check: boolean, io: Io): Promise<ExitCode> {
  const decoded = await read(file, io);
  const shown = harmless(file === '-' ? 'stdin' : path.relative(io.cwd, path.resolve(io.cwd, file)));
  const formatted = formatPolicy(decoded.text);
  const text = formatted.ok ? formatted.value : decoded.text;
  if (!formatted.ok) {
    const findings = formatted.error.map((found) => ({ ...found, severity: 'error' as const }));
    io.stderr.write(formatFindings({ path: shown, text, findings }, styleFor(io.stderr, io.env)));
    io.stderr.write(`rawsend: ${shown} has errors, so it is left as it is\n`);
  }
  if (file === '-' && !check) io.stdout.write(encodeText({ ...decoded, text }));
  if (!formatted.ok) return EXIT.findings;
  if (text === decoded.text) return EXIT.done;
  if (check) io.stdout.write(`${shown}: not formatted\n`);
  else if (file !== '-') await write(path.resolve(io.cwd, file), { ...decoded, text }, io);
  return check ? EXIT.findings : EXIT.done;
}

async function read(file: string, io: Io): Promise<DecodedText> {
  const found = file === '-' ? toText(await io.stdin.read()) : await readTextFile(path.resolve(io.cwd, file));
  if (found.ok) return found.value;
  throw (found.error.wrongUse ? usageFailure : worldFailure)(`${file} ${found.error.reason}`);
}

async function write(file: string, decoded: DecodedText, io: Io): Promise<void> {
  const shown = harmless(path.relative(io.cwd, file));
  try {
    await replaceFile(file, encodeText(decoded));
  } catch (error) {
    throw worldFailure(`${shown} cannot be written (${errorCode(error) ?? 'unknown error'}); it is unchanged`);
  }
  io.stdout.write(`${shown}: formatted\n`);
}
