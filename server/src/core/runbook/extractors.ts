import type { Extractor, RunbookSource } from './extractor';
import { shellExtractor } from './extract-shell';

/** One a kind of document; the first that accepts it reads it. */
export const EXTRACTORS: readonly Extractor[] = [shellExtractor];

export const extractorFor = (source: RunbookSource): Extractor | undefined =>
  EXTRACTORS.find((extractor) => extractor.accepts(source));

export const isRunbook = (source: RunbookSource): boolean => extractorFor(source) !== undefined;
